using Pyrite.Functions;

namespace Pyrite;

/// <summary>Counts in two steps: a coin decides between 0 and not 0, then a distribution of counts is asked for one above 0.</summary>
/// <remarks>Batch shape: broadcast of the base and the gate. Event shape: []. Draws are not differentiable.</remarks>
public sealed class Hurdle : Distribution
{
    private const int MaxAttempts = 1000;

    private readonly CoinParameter coin;

    /// <summary>Puts a hurdle before a distribution of counts.</summary>
    /// <param name="baseDistribution">The counts, of which those above 0 are used; discrete, of event shape [].</param>
    /// <param name="gate">The probability of 0; give this or <paramref name="gateLogits"/>.</param>
    /// <param name="gateLogits">Its log-odds.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of the gates were given, or the base is not a distribution of single counts.</exception>
    public Hurdle(Distribution baseDistribution, Tensor? gate = null, Tensor? gateLogits = null, bool validate = true)
        : base(Shape.Broadcast(baseDistribution.BatchShape, CoinParameter.OneOf("Hurdle", gate, gateLogits, "gate", "gateLogits").Shape), Shape.Scalar, validate)
    {
        if (baseDistribution.EventShape.Rank != 0 || !baseDistribution.IsDiscrete)
        {
            throw new ArgumentException($"Hurdle: the base must be a distribution of single counts; found {baseDistribution.Name} with event shape {baseDistribution.EventShape}.", nameof(baseDistribution));
        }
        Base = baseDistribution;
        _ = gate is not null ? Declare("gate", gate, Constraints.UnitInterval) : Declare("gateLogits", gateLogits!, Constraints.Real);
        coin = new CoinParameter(gate, gateLogits);
    }

    /// <summary>The counts, of which those above 0 are used.</summary>
    public Distribution Base { get; }

    /// <summary>The probability of 0.</summary>
    public Tensor Gate => coin.Probs;

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    /// <inheritdoc/>
    public override Constraint Support => Base.Support;

    /// <inheritdoc/>
    public override DType DType => Base.DType;

    internal override bool HasDistributionFunction => Base.HasDistributionFunction;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(coin.Complement * Base.Mean / ChanceAboveZero);

    /// <inheritdoc/>
    public override Tensor Variance
    {
        get
        {
            Tensor second = coin.Complement * (Base.Variance + Base.Mean.Square()) / ChanceAboveZero;
            return OverBatch(second - Mean.Square());
        }
    }

    private Tensor LogChanceAboveZero => Base.LogDensity(Tensor.Zeros(Shape.Scalar, DType)).Log1mExp();

    private Tensor ChanceAboveZero => LogChanceAboveZero.Exp();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.Where(x < 0, 0, Tensor.Where(x < 1, coin.Probs, 1 - AboveZero(x)));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.Where(x < 0, 1, Tensor.Where(x < 1, coin.Complement, AboveZero(x)));

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        Tensor chance = ChanceAboveZero;
        Tensor zero = Base.LogDensity(Tensor.Zeros(Shape.Scalar, DType));
        Tensor inner = ((Base.Entropy() + Probability.Times(zero.Exp(), zero)) / chance) + LogChanceAboveZero;
        return OverBatch((coin.Complement * inner) - Probability.Times(coin.Probs, coin.LogProbs) - Probability.Times(coin.Complement, coin.LogComplement));
    }

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor counts = Base.Draw(key.Child("count"), shape);
        Tensor gated = key.Child("gate").Uniform(shape, DType) < coin.Probs;
        for (int attempt = 0; attempt < MaxAttempts && (counts.EqualTo(0) & !gated).Any(); attempt++)
        {
            counts = Tensor.Where(counts.EqualTo(0), Base.Draw(key.Child("retry").Child(attempt), shape), counts);
        }
        return Tensor.Where(gated, 0, counts);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) =>
        Tensor.Where(value.EqualTo(0), coin.LogProbs, coin.LogComplement + Base.LogDensity(value) - LogChanceAboveZero);

    private Tensor AboveZero(Tensor x) => coin.Complement * Base.SurvivalFunction(x) / ChanceAboveZero;
}
