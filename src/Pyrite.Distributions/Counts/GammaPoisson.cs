using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Poisson counts whose rate is a Gamma variable.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are not differentiable. A negative binomial with odds 1 /
/// rate.</remarks>
public sealed class GammaPoisson : DerivedDistribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="concentration">The shape of the Gamma variable; positive.</param>
    /// <param name="rate">Its inverse scale; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public GammaPoisson(Tensor concentration, Tensor rate, bool validate = true)
        : base(NegativeBinomial.OfOdds(concentration, 1 / rate), validate)
    {
        Concentration = Declare("concentration", concentration, Constraints.Positive);
        Rate = Declare("rate", rate, Constraints.Positive);
    }

    /// <summary>The shape of the Gamma variable; positive.</summary>
    public Tensor Concentration { get; }

    /// <summary>Its inverse scale; positive.</summary>
    public Tensor Rate { get; }

    internal override Distribution? Widened => new GammaPoisson(Concentration.Widened, Rate.Widened, validate: false);
}
