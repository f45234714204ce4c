namespace Pyrite;

/// <summary>Draws a transformed variable by its base, as <c>name_base</c>, and transforms the draw.</summary>
/// <remarks>For <see cref="TransformedDistribution"/>, also inside <c>ToEvent</c> and <c>Expand</c>, and <see cref="LogNormal"/>. Inference then
/// works where the base is simple.</remarks>
public sealed class TransformReparameterization : Reparameterization
{
    /// <inheritdoc/>
    protected internal override Tensor Apply(SampleSite site)
    {
        Transform? transform = null;
        Distribution source = Inside(site.Distribution, family =>
        {
            (Distribution inner, transform) = family switch
            {
                TransformedDistribution transformed => (transformed.Base, transformed.Transform),
                LogNormal f => (new Normal(f.Loc, f.Scale, f.Validate), (Transform)new ExpTransform()),
                _ => throw Unsuitable(site,
                    $"it follows {family.Name}, which is no transformed distribution. Use TransformReparameterization for a TransformedDistribution "
                        + "or LogNormal, and LocScaleReparameterization for location-scale families."),
            };
            return inner;
        });
        return transform!.Forward(Sample(site, "base", source));
    }
}
