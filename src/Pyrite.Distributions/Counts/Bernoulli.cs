using Pyrite.Checks;
using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>A coin: 1 with probability <c>probs</c>, else 0.</summary>
/// <remarks>
/// Batch shape: that of the parameter. Event shape: []. Probabilities that came from a sigmoid are scored from its argument, exactly in the tails;
/// a given probability of 0 or 1 means just that. Without validation, values between 0 and 1 score x log p + (1 - x) log(1 - p), others minus
/// infinity.
/// </remarks>
public sealed class Bernoulli : Distribution
{
    private readonly Tensor? logits;
    private readonly Tensor? probs;

    /// <summary>Coins with the given probabilities, or the given log-odds.</summary>
    /// <param name="probs">The probability of 1; give this or <paramref name="logits"/>.</param>
    /// <param name="logits">log(p / (1 - p)).</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither were given, or a probability lies outside [0, 1].</exception>
    public Bernoulli(Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(OneOf(probs, logits).Shape, Shape.Scalar, validate)
    {
        if (probs is not null)
        {
            this.probs = Declare("probs", probs, Constraints.UnitInterval);
            this.logits = probs.LogOdds;
        }
        else
        {
            this.logits = Declare("logits", logits!, Constraints.Real);
        }
    }

    /// <summary>The probability of 1.</summary>
    public Tensor Probs => probs ?? logits!.Sigmoid();

    /// <summary>The log-odds.</summary>
    public Tensor Logits => logits ?? (probs!.Log() - (-probs!).Log1p());

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Boolean;

    /// <inheritdoc/>
    public override Tensor Mean => Probs;

    /// <inheritdoc/>
    public override Tensor Variance => Probs * Complement;

    /// <summary>The more likely outcome; NaN for a fair coin, which has none.</summary>
    public override Tensor Mode
    {
        get
        {
            Tensor lead = Logits;
            return Tensor.Where(lead.EqualTo(0), double.NaN, (lead > 0).To(DType));
        }
    }

    /// <summary>The probability of 0, exact where that of 1 rounds to 1.</summary>
    private Tensor Complement => logits is null ? 1 - probs! : (-logits).Sigmoid();

    /// <inheritdoc/>
    public override Tensor Entropy() => logits is null
        ? -(Probs.XLogY(Probs) + (1 - Probs).XLog1pY(-Probs))
        : Probability.Times(Probs, (-logits).Softplus()) + Probability.Times(Complement, logits.Softplus());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.Where(x < 0, 0, Tensor.Where(x < 1, Complement, 1));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.Where(x < 0, 1, Tensor.Where(x < 1, Probs, 0));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        Tensor.Where(x < 0, double.NegativeInfinity, Tensor.Where(x < 1, logits is null ? (-probs!).Log1p() : -logits.Softplus(), 0));

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        Tensor.Where(x < 0, 0, Tensor.Where(x < 1, logits is null ? probs!.Log() : -(-logits).Softplus(), double.NegativeInfinity));

    /// <inheritdoc/>
    public override Tensor EnumerateSupport(bool expand = true)
    {
        Shape narrow = [2, .. Enumerable.Repeat(1, BatchShape.Rank)];
        Tensor values = Tensor.Range(2).To(DType).Reshape(narrow);
        return expand ? values.BroadcastTo([2, .. BatchShape]) : values;
    }

    internal override Distribution? Widened => new Bernoulli(logits is null ? probs!.Widened : null, logits?.Widened, validate: false);

    /// <summary>An impossible outcome has the slope of its chance.</summary>
    internal override BorderScore? ScoreBesideZero(Tensor value)
    {
        if (logits is not null)
        {
            return null;
        }
        Tensor isOne = value.EqualTo(1);
        Tensor given = probs!.Like(value);
        Tensor chance = Tensor.Where(isOne, given, 1 - given);
        Tensor isImpossible = chance.EqualTo(0);
        return BorderScore.Of(isImpossible, Tensor.Where(isImpossible, 1, chance).Log(), chance, chance);
    }

    internal override bool ScoresNarrow => true;

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => (key.Uniform(shape, DType) < Probs).To(DType);

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => logits is null
        ? value.XLogY(probs!) + (1 - value).XLog1pY(-probs!)
        : value.BernoulliLogProb(logits, probs);

    /// <inheritdoc/>
    protected internal override Tensor Evaluate(Tensor value)
    {
        if (Validate)
        {
            Validation.CheckValue(this, value);
            return LogDensity(value);
        }
        if (logits is not null)
        {
            return LogDensity(value);
        }
        Tensor inside = Constraints.UnitInterval.Check(value);
        return Tensor.Where(inside, LogDensity(Tensor.Where(inside, value, 0)), double.NegativeInfinity);
    }

    internal override string SupportAdvice(Tensor value) => ((value > 0) & (value < 1)).Any()
        ? " Values strictly between 0 and 1, such as grey levels, can be scored in three ways: pass validate: false to score x log p + (1 - x) log(1 "
            + "- p); use ContinuousBernoulli; or binarize the data."
        : "";

    private static Tensor OneOf(Tensor? probs, Tensor? logits) => (probs, logits) switch
    {
        (not null, null) => probs,
        (null, not null) => logits,
        _ => throw new ArgumentException($"Bernoulli: give either probs or logits; found {(probs is null ? "neither" : "both")}."),
    };
}
