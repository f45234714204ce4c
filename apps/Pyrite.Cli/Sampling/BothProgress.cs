namespace Pyrite.Cli.Sampling;

/// <summary>Tells two listeners how far a run is.</summary>
internal sealed class BothProgress(IProgress<McmcProgress> first, IProgress<McmcProgress> second) : IProgress<McmcProgress>
{
    public void Report(McmcProgress value)
    {
        first.Report(value);
        second.Report(value);
    }
}
