using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Quantiles;
using Pyrite.Functions.Sampling;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>The number of successes before <c>totalCount</c> failures, for any positive real <c>totalCount</c>.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Mean totalCount · p / (1 - p). Event shape: []. Draws are not differentiable.</remarks>
public sealed class NegativeBinomial : Distribution
{
    // Stands for an infinite slope in sums of both types.
    private const double Steep = 1e30;

    private readonly SuccessParameter coin;

    /// <summary>Makes the distribution.</summary>
    /// <param name="totalCount">The number of failures; positive, not necessarily whole.</param>
    /// <param name="probs">The probability of success; give this or <paramref name="logits"/>.</param>
    /// <param name="logits">log(p / (1 - p)).</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of probs and logits were given, or a parameter violates its constraint.</exception>
    public NegativeBinomial(Tensor totalCount, Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(Shape.Broadcast(totalCount.Shape, SuccessParameter.OneOf("NegativeBinomial", probs, logits).Shape), Shape.Scalar, validate)
    {
        TotalCount = Declare("totalCount", totalCount, Constraints.Positive);
        _ = probs is not null ? Declare("probs", probs, Constraints.UnitInterval) : Declare("logits", logits!, Constraints.Real);
        coin = new SuccessParameter(probs, logits);
    }

    private NegativeBinomial(Tensor totalCount, Tensor odds)
        : base(Shape.Broadcast(totalCount.Shape, odds.Shape), Shape.Scalar, validate: false)
    {
        TotalCount = Declare("totalCount", totalCount, Constraints.Positive);
        coin = new SuccessParameter(null, null, Declare("odds", odds, Constraints.NonNegative));
    }

    /// <summary>The number of failures; positive, not necessarily whole.</summary>
    public Tensor TotalCount { get; }

    /// <summary>The probability of success.</summary>
    public Tensor Probs => coin.Probs;

    /// <summary>The log-odds of success.</summary>
    public Tensor Logits => coin.Logits;

    /// <summary>The distribution by the odds of success, which may be 0; it does not validate.</summary>
    internal static NegativeBinomial OfOdds(Tensor totalCount, Tensor odds) => new(totalCount, odds);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegativeInteger;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(TotalCount * coin.Odds);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(TotalCount * coin.Odds / coin.Complement);

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(((TotalCount - 1).Relu() * coin.Odds).Floor());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.Where(x < 0, 0, Tensor.BetaOdds(TotalCount, x.Relu().Floor() + 1, 1 / coin.Odds));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.Where(x < 0, 1, Tensor.BetaOdds(x.Relu().Floor() + 1, TotalCount, coin.Odds));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        Tensor.Where(x < 0, double.NegativeInfinity, Tensor.LogBetaOdds(TotalCount, x.Relu().Floor() + 1, 1 / coin.Odds));

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Tensor.Where(x < 0, 0, Tensor.LogBetaOdds(x.Relu().Floor() + 1, TotalCount, coin.Odds));

    /// <inheritdoc/>
    public override Tensor Entropy() => CountSums.Entropy(this, Mean, (20 * StandardDeviation) + (45 * (coin.Odds + 1)) + 45);

    internal override Distribution? Widened => new NegativeBinomial(TotalCount.Widened, coin.WideProbs, coin.WideLogits, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor rate = key.Child("rate").Gamma(TotalCount, shape, DType) * coin.Odds;
        return CountDraws.Poisson(key.Child("count"), rate, shape, DType);
    }

    /// <summary>One success where these are impossible has r times their chance; where failures are, all counts have (1 - p)^r.</summary>
    internal override BorderScore? ScoreBesideZero(Tensor value)
    {
        if (coin.GivenProbs?.Like(value) is not { } chance)
        {
            return null;
        }
        Tensor failures = AsReal(TotalCount).Like(value);
        Tensor never = chance.EqualTo(0);
        Tensor isImpossible = (never & (value > 0)) | chance.EqualTo(1);
        Tensor score = new NegativeBinomial(failures, Tensor.Where(isImpossible, 0.5, chance), validate: false).LogDensity(value);
        Tensor steepness = Tensor.Where(failures < 1, Steep, Tensor.Where(failures.EqualTo(1), 1, 0));
        Tensor rise = Tensor.Where(never, Tensor.Where(value.EqualTo(1), failures * chance, 0), steepness * (1 - chance));
        return BorderScore.Of(isImpossible, score, rise, Tensor.Where(never, chance, 1 - chance));
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor failures = AsReal(TotalCount);
        return value.ChooseRest(failures) - (value / failures).Log1p() - coin.Deviance(value, failures);
    }
}
