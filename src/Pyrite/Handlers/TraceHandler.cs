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
    protected internal override void After(PlateSite site) => Trace.Add(site);
}
