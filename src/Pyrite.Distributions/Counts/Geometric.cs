using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;

namespace Pyrite;

/// <summary>The number of failures before the first success.</summary>
/// <remarks>Batch shape: that of the parameter. Event shape: []. Draws are not differentiable.</remarks>
public sealed class Geometric : Distribution
{
    // e^-40 is far below the last digit of 1.
    private const double LogOfTiny = -40;

    private readonly SuccessParameter coin;

    /// <summary>Makes the distribution.</summary>
    /// <param name="probs">The probability of success; give this or <paramref name="logits"/>.</param>
    /// <param name="logits">log(p / (1 - p)).</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of probs and logits were given, or a parameter violates its constraint.</exception>
    public Geometric(Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(SuccessParameter.OneOf("Geometric", probs, logits).Shape, Shape.Scalar, validate)
    {
        _ = probs is not null ? Declare("probs", probs, Constraints.UnitInterval) : Declare("logits", logits!, Constraints.Real);
        coin = new SuccessParameter(probs, logits);
    }

    /// <summary>The probability of success.</summary>
    public Tensor Probs => coin.Probs;

    /// <summary>The log-odds of success.</summary>
    public Tensor Logits => coin.Logits;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegativeInteger;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(coin.Complement / Probs);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(coin.Complement / Probs.Square());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(0);

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        // (q / p) log q tends to -1 where p is tiny, of which logarithms know more than p itself.
        Tensor isTiny = coin.LogProbs < LogOfTiny;
        return OverBatch(
            Tensor.Where(isTiny, 1, -Probability.Times(coin.Complement, coin.LogComplement) / Tensor.Where(isTiny, 1, Probs)) - coin.LogProbs);
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.Where(x < 0, 0, -Probability.Times(x.Relu().Floor() + 1, coin.LogComplement).Expm1());

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.Where(x < 0, 1, Probability.Times(x.Relu().Floor() + 1, coin.LogComplement).Exp());

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        Tensor.Where(x < 0, double.NegativeInfinity, Probability.Times(x.Relu().Floor() + 1, coin.LogComplement).Log1mExp());

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Tensor.Where(x < 0, 0, Probability.Times(x.Relu().Floor() + 1, coin.LogComplement));

    internal override Distribution? Widened => new Geometric(coin.WideProbs, coin.WideLogits, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        (-(key.Uniform(shape, DType).Log() / coin.LogComplement)).Abs().Floor().Finite();

    /// <summary>All counts have the chance p where that is small; where failure is unlikely, 1 has its chance.</summary>
    internal override BorderScore? ScoreBesideZero(Tensor value)
    {
        if (coin.GivenProbs?.Like(value) is not { } chance)
        {
            return null;
        }
        Tensor never = chance.EqualTo(0);
        Tensor isImpossible = never | (chance.EqualTo(1) & (value > 0));
        Tensor score = new Geometric(Tensor.Where(isImpossible, 0.5, chance), validate: false).LogDensity(value);
        return BorderScore.Of(isImpossible, score, Tensor.Where(never, chance, Tensor.Where(value.EqualTo(1), 1 - chance, 0)),
            Tensor.Where(never, chance, 1 - chance));
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => coin.Score(1.0, value);
}
