namespace Pyrite.Inference.Samplers.Adaptation;

/// <summary>Stan's windows.</summary>
internal sealed class WindowedWarmup : WarmupSchedule
{
    public override IReadOnlyList<(int First, int Last)> Divide(int warmup) => WarmupWindows.Of(warmup);
}
