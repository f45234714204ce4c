namespace Pyrite.Extensions.Inference;

/// <summary>One window for the metric, the middle half of warm-up.</summary>
internal sealed class MiddleSchedule : WarmupSchedule
{
    public override IReadOnlyList<(int First, int Last)> Divide(int warmup) =>
        [(0, (warmup / 4) - 1), (warmup / 4, (3 * warmup / 4) - 1), (3 * warmup / 4, warmup - 1)];

    public override string ToString() => "the middle half";
}
