using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>The number of successes in <c>totalCount</c> trials.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are not differentiable.</remarks>
public sealed class Binomial : Distribution
{
    private readonly SuccessParameter coin;

    /// <summary>Makes the distribution.</summary>
    /// <param name="totalCount">The number of trials; whole, 0 or more.</param>
    /// <param name="probs">The probability of success; give this or <paramref name="logits"/>.</param>
    /// <param name="logits">log(p / (1 - p)).</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of probs and logits were given, or a parameter violates its constraint.</exception>
    public Binomial(Tensor totalCount, Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(Shape.Broadcast(totalCount.Shape, SuccessParameter.OneOf("Binomial", probs, logits).Shape), Shape.Scalar, validate)
    {
        TotalCount = Declare("totalCount", totalCount, Constraints.NonNegativeInteger);
        _ = probs is not null ? Declare("probs", probs, Constraints.UnitInterval) : Declare("logits", logits!, Constraints.Real);
        coin = new SuccessParameter(probs, logits);
    }

    /// <summary>The number of trials; whole, 0 or more.</summary>
    public Tensor TotalCount { get; }

    /// <summary>The probability of success.</summary>
    public Tensor Probs => coin.Probs;

    /// <summary>The log-odds of success.</summary>
    public Tensor Logits => coin.Logits;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.IntegerInterval(0, TotalCount);

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(TotalCount * Probs);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(TotalCount * Probs * coin.Complement);

    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor mode = ((TotalCount + 1) * Probs).Floor();
            return OverBatch(Tensor.Where(mode < TotalCount, mode, TotalCount));
        }
    }

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        Tensor trials = TotalCount.BroadcastTo(BatchShape);
        int most = trials.Count == 0 ? 0 : (int)trials.ToArray<double>().Max();
        Shape narrow = [most + 1, .. Enumerable.Repeat(1, BatchShape.Rank)];
        Tensor counts = Tensor.Range(most + 1).To(DType).Reshape(narrow);
        Tensor possible = counts <= trials;
        Tensor scores = LogDensity(Tensor.Where(possible, counts, 0));
        return -Tensor.Where(possible, Probability.Times(scores.Exp(), scores), 0).Sum(0);
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x)
    {
        Tensor count = x.Relu().Floor();
        Tensor below = count < TotalCount;
        Tensor inner = Tensor.BetaOdds(Tensor.Where(below, TotalCount - count, 1), count + 1, 1 / coin.Odds);
        return Tensor.Where(x < 0, 0, Tensor.Where(below, inner, 1));
    }

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x)
    {
        Tensor count = x.Relu().Floor();
        Tensor below = count < TotalCount;
        Tensor inner = Tensor.BetaOdds(count + 1, Tensor.Where(below, TotalCount - count, 1), coin.Odds);
        return Tensor.Where(x < 0, 1, Tensor.Where(below, inner, 0));
    }

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x)
    {
        Tensor count = x.Relu().Floor();
        Tensor below = count < TotalCount;
        Tensor inner = Tensor.LogBetaOdds(Tensor.Where(below, TotalCount - count, 1), count + 1, 1 / coin.Odds);
        return Tensor.Where(x < 0, double.NegativeInfinity, Tensor.Where(below, inner, 0));
    }

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x)
    {
        Tensor count = x.Relu().Floor();
        Tensor below = count < TotalCount;
        Tensor inner = Tensor.LogBetaOdds(count + 1, Tensor.Where(below, TotalCount - count, 1), coin.Odds);
        return Tensor.Where(x < 0, 0, Tensor.Where(below, inner, double.NegativeInfinity));
    }

    /// <inheritdoc/>
    public override Tensor EnumerateSupport(bool expand = true)
    {
        double[] trials = TotalCount.ToArray<double>();
        if (trials.Length == 0 || Array.Exists(trials, count => count != trials[0]))
        {
            throw new NotSupportedException(
                $"Binomial: supports of different sizes cannot be enumerated together; totalCount of shape {TotalCount.Shape} is not constant.");
        }
        int size = (int)trials[0] + 1;
        Shape narrow = [size, .. Enumerable.Repeat(1, BatchShape.Rank)];
        Tensor values = Tensor.Range(size).To(DType).Reshape(narrow);
        return expand ? values.BroadcastTo([size, .. BatchShape]) : values;
    }

    internal override Distribution? Widened => new Binomial(TotalCount.Widened, coin.WideProbs, coin.WideLogits, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => CountDraws.Binomial(key, TotalCount, Probs, shape, DType);

    /// <summary>One success where successes are impossible, one failure where these are: n times their chance.</summary>
    internal override BorderScore? ScoreBesideZero(Tensor value)
    {
        if (coin.GivenProbs?.Like(value) is not { } chance)
        {
            return null;
        }
        Tensor trials = AsReal(TotalCount);
        Tensor never = chance.EqualTo(0);
        Tensor isImpossible = (never & (value > 0)) | (chance.EqualTo(1) & (value < trials));
        Tensor score = new Binomial(trials, Tensor.Where(isImpossible, 0.5, chance), validate: false).LogDensity(value);
        Tensor rise = Tensor.Where(never, Tensor.Where(value.EqualTo(1), chance, 0), Tensor.Where(value.EqualTo(trials - 1), 1 - chance, 0));
        return BorderScore.Of(isImpossible, score, trials * rise, Tensor.Where(never, chance, 1 - chance));
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor failures = AsReal(TotalCount) - value;
        return value.ChooseRest(failures) - coin.Deviance(value, failures);
    }
}
