using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Quantiles;
using Pyrite.Functions.Sampling;

namespace Pyrite;

/// <summary>The number of events where <c>rate</c> are expected.</summary>
/// <remarks>Batch shape: that of rate. Event shape: []. Draws are not differentiable.</remarks>
public sealed class Poisson : Distribution
{
    private readonly Tensor? rate;
    private readonly Tensor? logRate;

    /// <summary>Makes the distribution.</summary>
    /// <param name="rate">The expected number; 0 or positive. Give this or <paramref name="logRate"/>.</param>
    /// <param name="logRate">Its logarithm, for rates of any size.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of the rates were given, or one violates its constraint.</exception>
    public Poisson(Tensor? rate = null, Tensor? logRate = null, bool validate = true)
        : base(SuccessParameter.OneOf("Poisson", rate, logRate, "rate", "logRate").Shape, Shape.Scalar, validate)
    {
        this.rate = rate is null ? null : Declare("rate", rate, Constraints.NonNegative);
        this.logRate = logRate is null ? null : Declare("logRate", logRate, Constraints.Real);
    }

    /// <summary>The expected number; 0 or positive.</summary>
    public Tensor Rate => rate ?? logRate!.Exp();

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegativeInteger;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Rate);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Rate);

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Rate.Floor());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.Where(x < 0, 0, (x.Relu().Floor() + 1).GammaUpper(Rate));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.Where(x < 0, 1, (x.Relu().Floor() + 1).GammaLower(Rate));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => Tensor.Where(x < 0, double.NegativeInfinity, (x.Relu().Floor() + 1).LogGammaUpper(Rate));

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Tensor.Where(x < 0, 0, (x.Relu().Floor() + 1).LogGammaLower(Rate));

    /// <inheritdoc/>
    public override Tensor Entropy() => CountSums.Entropy(this, (15 * StandardDeviation) + 45, (15 * StandardDeviation) + 45);

    internal override Distribution? Widened => new Poisson(rate?.Widened, logRate?.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => CountDraws.Poisson(key, Rate, shape, DType);

    /// <summary>At a rate of 0 counts above are impossible; the chance of 1 is the rate where that is small.</summary>
    internal override BorderScore? ScoreBesideZero(Tensor value)
    {
        if (logRate is not null)
        {
            return null;
        }
        Tensor own = rate!.Like(value);
        Tensor isImpossible = own.EqualTo(0) & (value > 0);
        Tensor score = new Poisson(Tensor.Where(isImpossible, 1, own), validate: false).LogDensity(value);
        return BorderScore.Of(isImpossible, score, Tensor.Where(value.EqualTo(1), own, 0), own);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) =>
        -((logRate is null ? value.Deviance(rate!) : value.LogDeviance(logRate)) + (value + 1).ShapeRest());
}
