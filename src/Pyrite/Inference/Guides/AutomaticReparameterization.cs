namespace Pyrite;

/// <summary>Chooses for each latent site how it is best drawn; use it as <c>new
/// ReparameterizeHandler(AutomaticReparameterization.Choose)</c>.</summary>
/// <remarks>Location-scale families whose parameters are computed get a centredness, learnt or given; transformed distributions are drawn by their
/// base. Sites whose parameters are plain numbers stay as they are. Gorinova, Moore and Hoffman, "Automatic reparameterisation of probabilistic
/// programs", 2020.</remarks>
public static class AutomaticReparameterization
{
    /// <summary>The strategy for a site with learnt centredness, or null where it stays as it is.</summary>
    /// <param name="site">A latent site.</param>
    public static Reparameterization? Choose(SampleSite site) => Choose(site, null);

    /// <summary>A rule with fixed centredness, for samplers, which learn no parameters.</summary>
    /// <param name="centeredness">From 0 (non-centred) to 1 (as it is).</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside 0 to 1.</exception>
    public static Func<SampleSite, Reparameterization?> WithCenteredness(double centeredness)
    {
        LocScaleReparameterization locScale = new(centeredness);
        return site => Choose(site, locScale);
    }

    private static Reparameterization? Choose(SampleSite site, LocScaleReparameterization? locScale) => Family(site.Distribution) switch
    {
        // A decentred site is a location-scale site again; it must not be taken apart twice.
        _ when site.Name.EndsWith("_decentered", StringComparison.Ordinal) => null,
        TransformedDistribution or LogNormal => new TransformReparameterization(),
        Normal or Cauchy or Laplace or Logistic or Gumbel or StudentT or SoftLaplace or AsymmetricLaplace
            or SkewNormal when IsComputed(site.Distribution) => locScale ?? new LocScaleReparameterization(),
        _ => null,
    };

    private static bool IsComputed(Distribution distribution) => Family(distribution).Parameters.Any(parameter => !parameter.Value.IsWeak);

    private static Distribution Family(Distribution distribution) => distribution switch
    {
        Independent independent => Family(independent.Base),
        Expanded expanded => Family(expanded.Base),
        _ => distribution,
    };
}
