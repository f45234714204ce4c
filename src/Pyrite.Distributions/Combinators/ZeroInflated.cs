using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Supports;

namespace Pyrite;

/// <summary>Counts of which some, chosen by a coin, were replaced by 0.</summary>
/// <remarks>Batch shape: broadcast of the base and the gate. Event shape: []. Draws are not differentiable.</remarks>
public sealed class ZeroInflated : Distribution
{
    private readonly SuccessParameter coin;

    /// <summary>Mixes a distribution of counts with zeros.</summary>
    /// <param name="baseDistribution">The counts before; discrete, of event shape [].</param>
    /// <param name="gate">The probability of an extra zero; give this or <paramref name="gateLogits"/>.</param>
    /// <param name="gateLogits">Its log-odds.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of the gates were given, or the base is not a distribution of single counts.</exception>
    public ZeroInflated(Distribution baseDistribution, Tensor? gate = null, Tensor? gateLogits = null, bool validate = true)
        : base(Shape.Broadcast(baseDistribution.BatchShape, SuccessParameter.OneOf("ZeroInflated", gate, gateLogits, "gate", "gateLogits").Shape),
            Shape.Scalar, validate)
    {
        if (baseDistribution.EventShape.Rank != 0 || !baseDistribution.IsDiscrete)
        {
            throw new ArgumentException(
                $"ZeroInflated: the base must be a distribution of single counts; found {baseDistribution.Name} with event "
                    + $"shape {baseDistribution.EventShape}.", nameof(baseDistribution));
        }
        Base = baseDistribution;
        _ = gate is not null ? Declare("gate", gate, Constraints.UnitInterval) : Declare("gateLogits", gateLogits!, Constraints.Real);
        coin = new SuccessParameter(gate, gateLogits);
    }

    /// <summary>The counts before.</summary>
    public Distribution Base { get; }

    /// <summary>The probability of an extra zero.</summary>
    public Tensor Gate => coin.Probs;

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    /// <inheritdoc/>
    public override Constraint Support => ZeroOutcome.Support(Base);

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Base.DType;

    internal override DType? GivenType => Widest(base.GivenType, Base.GivenType);

    internal override bool HasDistributionFunction => Base.HasDistributionFunction;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(coin.Complement * Base.Mean);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(coin.Complement * (Base.Variance + (coin.Probs * Base.Mean.Square())));

    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor peak = Base.Mode;
            return OverBatch(Tensor.Where(LogDensity(Tensor.Zeros(Shape.Scalar, DType)) >= LogDensity(peak), 0, peak));
        }
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.Where(x < 0, 0, coin.Probs) + (coin.Complement * Base.Cdf(x));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.Where(x < 0, coin.Probs, 0) + (coin.Complement * Base.SurvivalFunction(x));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => WithZeros(x >= 0, x, Base.LogCdf);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => WithZeros(x < 0, x, Base.LogSurvivalFunction);

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        Tensor zero = ZeroOutcome.LogChance(Base, DType);
        Tensor inflated = coin.LogProbs.LogAddExp(coin.LogComplement + zero);
        Tensor others = coin.Complement * (Base.Entropy() + Probability.Times(zero.Exp(), zero));
        return OverBatch(
            others - Probability.Times(coin.Complement * -zero.Expm1(), coin.LogComplement) - Probability.Times(inflated.Exp(), inflated));
    }

    internal override Distribution? Widened => new ZeroInflated(Base.Widened ?? Base, coin.WideProbs, coin.WideLogits, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor counts = Base.Draw(key.Child("count"), shape);
        return Tensor.Where(key.Child("gate").Uniform(shape, DType) < coin.Probs, 0, counts);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor isZero = value.EqualTo(0);
        // A Poisson variable can always be 0; of other counts with given chances 0 may be impossible.
        BorderScore? beside = ZeroOutcome.StartsAtZero(Base) && Base is not Poisson ? Base.ScoreBesideZero(value) : null;
        Tensor own = beside?.Alone(!isZero) ?? ZeroOutcome.Score(Base, value);
        Tensor ofZero = beside?.Score ?? own;
        if (coin.GivenProbs?.Like(own) is not { } gate)
        {
            Tensor inflated = coin.LogProbs.LogAddExp(coin.LogComplement + ofZero);
            return Tensor.Where(isZero, beside is null ? inflated : inflated + (beside.Rise * (coin.LogComplement - Held(inflated)).Exp()),
                coin.LogComplement + own);
        }

        // At a gate of 0 or 1 the logarithms of its shares have no slope, though the chance has one.
        Tensor zero = ZeroChance.Of(gate, Tensor.Where(isZero, ofZero, 0));
        Tensor more = beside is null ? zero : zero + ((1 - gate) * beside.Rise * (-Held(zero)).Exp());
        return Tensor.Where(isZero, more, (-Tensor.Where(isZero, 0, gate)).Log1p() + own);
    }

    /// <summary>A logarithm whose exponential is a number in Float64 either way.</summary>
    private static Tensor Held(Tensor log) => Tensor.Where(log.Detach() > -700, log.Detach(), -700);

    /// <summary>The logarithm of a chance of the base, in which the extra zeros count or not.</summary>
    private Tensor WithZeros(Tensor counted, Tensor x, Func<Tensor, Tensor> logarithm)
    {
        Tensor own = coin.LogComplement + logarithm(x);
        return Tensor.Where(counted, coin.LogProbs.LogAddExp(own), own);
    }
}
