using Pyrite.Language.Series;
using Pyrite.Language.Sites;


namespace Pyrite.Inference.Potentials;

/// <summary>The real numbers that samplers draw for a latent site, and what makes its value of them.</summary>
/// <param name="Map">From the numbers to the value, entry by entry of the site's family (<see cref="Constraint.SamplingMap"/>).</param>
/// <param name="ValueAxes">How many last axes of the value make up an entry.</param>
/// <param name="Mask">Which entries have a density, with axes of size 1 for those that the mask has none of; null for all.</param>
internal sealed record SamplerSpace(Transform Map, int ValueAxes, Tensor? Mask)
{
    /// <summary>The space of a site.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public static SamplerSpace Of(SampleSite site)
    {
        Distribution family = DistributionFamily.Of(site.Distribution);
        if (family.IsDiscrete)
        {
            string remedy = family is SeriesDistribution series ? series.DiscreteRemedy : site.PartMask is null
                ? "Let it be summed out (leave Enumerate.Never out), sum the site out by hand with Factor or a mixture, or observe it."
                : "Its missing entries cannot be sampled; leave them out: observe the data inside a MaskHandler that is true where they are there, "
                    + "instead of observedMask. Where later statements need them, sum them out by hand with Factor.";
            throw Refusal(site,
                $"MCMC by gradients needs continuous latent sites; {family.Name} is discrete (support: {family.Support.Requirement}). {remedy}");
        }
        if (family.PointMassesWithin is { } masses)
        {
            throw Refusal(site,
                $"MCMC by gradients needs latent sites with a density, and {family.Name} has none: {masses}. A known value is no latent: use "
                    + "Deterministic, or observe it; what is reported with limits is computed from a latent without them, for example "
                    + "Deterministic(\"y\", x.Clamp(low, high)).");
        }
        if (family.HoldsMask)
        {
            throw Refusal(site,
                $"{family.Name} is made from a masked distribution, so the part of the mask in its density cannot be told. "
                    + $"Mask {family.Name} itself, or open a MaskHandler around the site.");
        }
        Constraint support = family.Support;
        bool isAngle = family.IsCircular && support.IsEverything && support.SamplingMap is IdentityTransform;
        Transform map = (isAngle ? Constraints.Angle : support).SamplingMap ?? throw Refusal(site,
            $"MCMC has no map from the reals onto the support of {family.Name} ({support.Requirement}). Where components have different supports, "
                + "draw them as sites of their own; for a constraint of your own, override Bijection.");
        (Tensor? mask, int maskedEventAxes) = SiteMask.Of(site);
        int missing = site.Distribution.EventShape.Rank - family.EventShape.Rank - maskedEventAxes;
        return new SamplerSpace(map, family.EventShape.Rank, mask is null ? null : Spread(mask, missing));
    }

    /// <summary>A number that stands for those of entries that are data: away from the origin where that has no direction.</summary>
    public double Filler => Map.IsBijective ? 0 : 1;

    /// <summary>The shape of the numbers of a value.</summary>
    public Shape NumbersOf(Shape value) => Map.InverseShape(value);

    /// <summary>The numbers of a value inside the support, in Float64.</summary>
    public Tensor NumbersOf(Tensor value) => Map.Inverse(value).To(DType.Float64);

    /// <summary>The value of numbers, and the logarithms of volume changes and of the laws of surplus numbers, of entries that have a
    /// density.</summary>
    public (Tensor Value, Tensor? LogVolume) ValueOf(Tensor numbers)
    {
        Tensor value = Map.Forward(numbers);
        if (Map is IdentityTransform)
        {
            return (value, null);
        }
        Tensor change = Map.LogAbsDetJacobian(numbers, value);
        return (value, (Mask is null ? change : Tensor.Where(Mask, change, 0.0)).Sum());
    }

    /// <summary>A unit Gaussian for the numbers of entries without a density, which would wander off; null where all have one.</summary>
    public Tensor? LogPlaceholder(Tensor numbers, int valueRank) =>
        Mask is null ? null : Tensor.Where(Spread(Mask, numbers.Rank - (valueRank - ValueAxes)), 0.0, -0.5 * numbers.Square()).Sum();

    /// <summary>Whether a map makes an angle, or the image of one.</summary>
    public static bool IsTurning(Transform? map) => map is { MakesAngles: true };

    private static ModelException Refusal(SampleSite site, string message) => new(ModelError.LatentUnsuitable, site.Name, message);

    private static Tensor Spread(Tensor mask, int axes)
    {
        for (int i = 0; i < axes; i++)
        {
            mask = mask.Unsqueeze(-1);
        }
        return mask;
    }
}
