namespace Pyrite.Language.Series;

/// <summary>Draws a variable whose support may be another one in each round by real numbers, as <c>name_unconstrained</c>.</summary>
internal sealed class FreeReparameterization : Reparameterization
{
    /// <summary>There is nothing to set.</summary>
    public static FreeReparameterization Instance { get; } = new();

    protected internal override Tensor Apply(SampleSite site)
    {
        Transform map = ConstraintRegistry.BijectTo(site.Distribution.Support);
        return map.Forward(Sample(site, "unconstrained", new FreeDistribution(site.Distribution, map)));
    }
}
