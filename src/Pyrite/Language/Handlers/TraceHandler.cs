namespace Pyrite;

/// <summary>Records every statement of a run; each time it is entered a new record begins.</summary>
public sealed class TraceHandler : Handler
{
    /// <summary>What has been recorded so far.</summary>
    public Trace Trace { get; private set; } = new();

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
        if (!site.HasValue && Trace.Find(site.Name) is PlateSite earlier && earlier.Size == site.Size && earlier.AskedSize == site.AskedSize)
        {
            site.Follow(earlier);
        }
    }

    /// <inheritdoc/>
    protected internal override void After(PlateSite site) => Trace.Add(site);

    /// <summary>Two runs of a model have the same names, so each needs a record of its own.</summary>
    protected internal override void Begin() => Trace = new Trace();
}
