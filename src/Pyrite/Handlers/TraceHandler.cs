namespace Pyrite;

/// <summary>Records every statement of a run.</summary>
public sealed class TraceHandler : Handler
{
    /// <summary>What has been recorded so far.</summary>
    public Trace Trace { get; } = new();

    /// <inheritdoc/>
    protected internal override void After(SampleSite site) => Trace.Add(site);

    /// <inheritdoc/>
    protected internal override void After(ParamSite site) => Trace.Add(site);

    /// <inheritdoc/>
    protected internal override void After(ModuleSite site) => Trace.Add(site);

    /// <inheritdoc/>
    protected internal override void After(DeterministicSite site) => Trace.Add(site);

    /// <inheritdoc/>
    protected internal override void Before(PlateSite site)
    {
        // A plate that is entered again in the same run keeps its subsample, also where no seed decides it.
        if (!site.HasValue && Trace.Find(site.Name) is PlateSite earlier && earlier.Size == site.Size && earlier.SubsampleSize == site.SubsampleSize)
        {
            site.Value = earlier.Value;
        }
    }

    /// <inheritdoc/>
    protected internal override void After(PlateSite site) => Trace.Add(site);
}
