using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>Lifetimes whose hazard grows exponentially: P(X &gt; x) = exp(-concentration (e^(rate x) - 1)).</summary>
/// <remarks>Batch shape: broadcast(concentration, rate). Event shape: []. Draws are reparameterized.</remarks>
public sealed class Gompertz : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="concentration">The hazard at birth over the rate; positive.</param>
    /// <param name="rate">How fast the hazard grows; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Gompertz(Tensor concentration, Tensor rate, bool validate = true)
        : base(Shape.Broadcast(concentration.Shape, rate.Shape), Shape.Scalar, validate)
    {
        Concentration = Declare("concentration", concentration, Constraints.Positive);
        Rate = Declare("rate", rate, Constraints.Positive);
    }

    /// <summary>The hazard at birth over the rate; positive.</summary>
    public Tensor Concentration { get; }

    /// <summary>How fast the hazard grows; positive.</summary>
    public Tensor Rate { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Concentration.ScaledExponentialIntegral() / Rate);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Concentration.GompertzVariance() / Rate.Square());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch((-Concentration.Log()).Relu() / Rate);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(1 - (Concentration * Rate).Log() - Concentration.ScaledExponentialIntegral());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => -WhereSome(x).Expm1();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => WhereSome(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => LogSurvivalFunction(x).Log1mExp();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => -Concentration * (Rate * x.Relu()).Expm1();

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => (-(-p).Log1p() / Concentration).Log1p() / Rate;

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => (-p.Log() / Concentration).Log1p() / Rate;

    internal override Distribution? Widened => new Gompertz(Concentration.Widened, Rate.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => (-key.Uniform(shape, DType).Log() / Concentration).Log1p() / Rate;

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) =>
        Concentration.Log() + Rate.Log() + (Rate * value) - (Concentration * (Rate * value).Expm1());

    /// <summary>The logarithm of the survival function where that is above 0, and -∞ without slopes beyond, which would be 0 · ∞.</summary>
    private Tensor WhereSome(Tensor x)
    {
        // e⁻⁸⁰⁰ is 0 in double precision, and e⁷⁰⁰ still a number.
        Tensor some = (LogSurvivalFunction(x).Detach() > -800) & ((Rate * x).Detach() < 700);
        return Probability.Inside(some, x, 0, double.NegativeInfinity, LogSurvivalFunction);
    }
}
