namespace Pyrite;

/// <summary>Draws a location-scale variable with part of its location and scale taken out, as <c>name_decentered</c>.</summary>
/// <remarks>With centredness c: decentered ~ Family(c·loc, scaleᶜ) and value = loc + scale^(1-c) · (decentered - c·loc). At c = 1 nothing changes, at
/// c = 0 the parametrization is non-centred (Gorinova, Moore and Hoffman, "Automatic reparameterisation of probabilistic programs", 2020, section 3).
/// Families: Normal, Cauchy, Laplace, Logistic, Gumbel, StudentT, SoftLaplace, AsymmetricLaplace, SkewNormal.</remarks>
public sealed class LocScaleReparameterization : Reparameterization
{
    private readonly double? centeredness;

    /// <summary>Takes location and scale out.</summary>
    /// <param name="centeredness">From 0 (non-centred) to 1 (as it is); learnt if not given, as the parameter <c>name_centered</c> of the event's
    /// shape, from 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside 0 to 1.</exception>
    public LocScaleReparameterization(double? centeredness = null)
    {
        if (centeredness is { } given && !(given >= 0 && given <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(centeredness), given,
                "Centredness is a number from 0 (non-centred) to 1 (centred); leave it out to learn it.");
        }
        this.centeredness = centeredness;
    }

    /// <inheritdoc/>
    protected internal override Tensor Apply(SampleSite site)
    {
        Tensor? loc = null;
        Tensor? scale = null;
        Tensor? centered = null;
        Distribution decentered = Inside(site.Distribution, family =>
        {
            (loc, scale) = LocAndScale(site, family);
            if (centeredness is 0.0)
            {
                return Rebuild(family, 0.0, 1.0);
            }
            centered =
                centeredness
                    ?? Primitives.Param(site.Name + "_centered", () => Tensor.Full(site.Distribution.EventShape, 0.5, site.Distribution.DType),
                        Constraints.UnitInterval);
            return Rebuild(family, centered * loc, scale.Pow(centered));
        });
        Tensor draw = Sample(site, "decentered", decentered);
        return centered is null ? loc! + (scale! * draw) : loc! + (scale!.Pow(1 - centered) * (draw - (centered * loc!)));
    }

    private static (Tensor Loc, Tensor Scale) LocAndScale(SampleSite site, Distribution family) => family switch
    {
        Normal f => (f.Loc, f.Scale),
        Cauchy f => (f.Loc, f.Scale),
        Laplace f => (f.Loc, f.Scale),
        Logistic f => (f.Loc, f.Scale),
        Gumbel f => (f.Loc, f.Scale),
        StudentT f => (f.Loc, f.Scale),
        SoftLaplace f => (f.Loc, f.Scale),
        AsymmetricLaplace f => (f.Loc, f.Scale),
        SkewNormal f => (f.Loc, f.Scale),
        _ => throw Unsuitable(site,
            $"it follows {family.Name}, which is no location-scale family. Use LocScaleReparameterization for Normal, Cauchy, Laplace, Logistic, "
                + "Gumbel, StudentT, SoftLaplace, AsymmetricLaplace or SkewNormal, and TransformReparameterization for transformed distributions."),
    };

    /// <summary>The same family elsewhere, still of its batch shape.</summary>
    private static Distribution Rebuild(Distribution family, Tensor loc, Tensor scale)
    {
        Distribution moved = family switch
        {
            Cauchy f => new Cauchy(loc, scale, f.Validate),
            Laplace f => new Laplace(loc, scale, f.Validate),
            Logistic f => new Logistic(loc, scale, f.Validate),
            Gumbel f => new Gumbel(loc, scale, f.Validate),
            StudentT f => new StudentT(f.Df, loc, scale, f.Validate),
            SoftLaplace f => new SoftLaplace(loc, scale, f.Validate),
            AsymmetricLaplace f => new AsymmetricLaplace(loc, scale, f.Asymmetry, f.Validate),
            SkewNormal f => new SkewNormal(loc, scale, f.Alpha, f.Validate),
            _ => new Normal(loc, scale, family.Validate),
        };
        return moved.Expand(family.BatchShape);
    }
}
