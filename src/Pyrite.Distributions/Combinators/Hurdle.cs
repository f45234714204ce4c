using Pyrite.Functions;
using Pyrite.Functions.Quantiles;
using Pyrite.Supports;

namespace Pyrite;

/// <summary>Counts in two steps: a coin decides between 0 and not 0, then a distribution of counts is asked for one above 0.</summary>
/// <remarks>Batch shape: broadcast of the base and the gate. Event shape: []. Draws are not differentiable.</remarks>
public sealed class Hurdle : Distribution
{
    // So many draws are tried before the rest comes from quantiles, which are slower but always end.
    private const int MaxAttempts = 20;

    private readonly SuccessParameter coin;

    /// <summary>Puts a hurdle before a distribution of counts.</summary>
    /// <param name="baseDistribution">The counts, of which those above 0 are used; discrete, of event shape [].</param>
    /// <param name="gate">The probability of 0; give this or <paramref name="gateLogits"/>.</param>
    /// <param name="gateLogits">Its log-odds.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of the gates were given, or the base is not a distribution of single counts.</exception>
    public Hurdle(Distribution baseDistribution, Tensor? gate = null, Tensor? gateLogits = null, bool validate = true)
        : base(Shape.Broadcast(baseDistribution.BatchShape, SuccessParameter.OneOf("Hurdle", gate, gateLogits, "gate", "gateLogits").Shape),
            Shape.Scalar, validate)
    {
        if (baseDistribution.EventShape.Rank != 0 || !baseDistribution.IsDiscrete)
        {
            throw new ArgumentException(
                $"Hurdle: the base must be a distribution of single counts; found {baseDistribution.Name} with event "
                    + $"shape {baseDistribution.EventShape}.", nameof(baseDistribution));
        }
        Base = baseDistribution;
        _ = gate is not null ? Declare("gate", gate, Constraints.UnitInterval) : Declare("gateLogits", gateLogits!, Constraints.Real);
        coin = new SuccessParameter(gate, gateLogits);
    }

    /// <summary>The counts, of which those above 0 are used.</summary>
    public Distribution Base { get; }

    /// <summary>The probability of 0.</summary>
    public Tensor Gate => coin.Probs;

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    /// <inheritdoc/>
    public override Constraint Support => ZeroOutcome.Support(Base, onlyAbove: true);

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Base.DType;

    internal override DType? GivenType => Widest(base.GivenType, Base.GivenType);

    internal override bool HasDistributionFunction => Base.HasDistributionFunction;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(coin.Complement * Counts.Mean / ChanceAboveZero);

    /// <inheritdoc/>
    public override Tensor Variance
    {
        get
        {
            Tensor second = coin.Complement * (Counts.Variance + Counts.Mean.Square()) / ChanceAboveZero;
            return OverBatch(second - Mean.Square());
        }
    }

    /// <summary>The base, whose moments are those of its counts above 0 but for the chance of one: not so where it has negative values.</summary>
    private Distribution Counts => Base.Support.LowerEnd is { } end && (end.Detach() >= 0).All()
        ? Base
        : throw new NotSupportedException(
            $"Hurdle: {Base.Name} has values below 0, so there is no formula for the moments of those above. Estimate them from draws: Sample(key, "
                + "[n]) gives n of them.");

    private Tensor LogChanceAboveZero =>
        ZeroOutcome.StartsAtZero(Base) ? Base.LogDensity(Tensor.Zeros(Shape.Scalar, DType)).Log1mExp() : Base.LogSurvivalFunction(0);

    private Tensor ChanceAboveZero => LogChanceAboveZero.Exp();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.Where(x < 0, 0, Tensor.Where(x < 1, coin.Probs, 1 - AboveZero(x)));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.Where(x < 0, 1, Tensor.Where(x < 1, coin.Complement, AboveZero(x)));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x)
    {
        Tensor counted = coin.LogComplement + IntervalMass.Log(Base, 0, Tensor.Where(x < 1, 1, x)) - LogChanceAboveZero;
        return Tensor.Where(x < 0, double.NegativeInfinity, Tensor.Where(x < 1, coin.LogProbs, coin.LogProbs.LogAddExp(counted)));
    }

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        Tensor.Where(x < 0, 0, coin.LogComplement + Tensor.Where(x < 1, 0, Base.LogSurvivalFunction(Tensor.Where(x < 1, 1, x)) - LogChanceAboveZero));

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        Tensor chance = ChanceAboveZero;
        Tensor zero = ZeroOutcome.LogChance(Counts, DType);
        Tensor inner = ((Base.Entropy() + Probability.Times(zero.Exp(), zero)) / chance) + LogChanceAboveZero;
        return OverBatch(
            (coin.Complement * inner) - Probability.Times(coin.Probs, coin.LogProbs) - Probability.Times(coin.Complement, coin.LogComplement));
    }

    internal override Distribution? Widened => new Hurdle(Base.Widened ?? Base, coin.WideProbs, coin.WideLogits, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor counts = Base.Draw(key.Child("count"), shape);
        Tensor gated = key.Child("gate").Uniform(shape, DType) < coin.Probs;
        for (int attempt = 0; attempt < MaxAttempts && ((counts <= 0) & !gated).Any(); attempt++)
        {
            counts = Tensor.Where(counts <= 0, Base.Draw(key.Child("retry").Child(attempt), shape), counts);
        }
        if (((counts <= 0) & !gated).Any())
        {
            counts = Tensor.Where(counts <= 0, new Truncated(Base, low: 1).Draw(key.Child("rest"), shape), counts);
        }
        return Tensor.Where(gated, 0, counts);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor isZero = value.EqualTo(0);
        Tensor above = LogChanceAboveZero;
        Tensor nothing = above.EqualTo(double.NegativeInfinity);
        Tensor counted = Tensor.Where(nothing, double.NegativeInfinity, ZeroOutcome.Score(Base, value) - Tensor.Where(nothing, 0, above));
        return coin.LogOf(isZero, value) + Tensor.Where(isZero, 0, counted);
    }

    private Tensor AboveZero(Tensor x) => coin.Complement * Base.SurvivalFunction(x) / ChanceAboveZero;
}
