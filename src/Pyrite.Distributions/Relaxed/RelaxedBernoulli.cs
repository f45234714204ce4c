using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Numbers between 0 and 1 that are almost 0 or 1: a coin that gradients can flow through.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are reparameterized. Maddison et al., 2017.</remarks>
public sealed class RelaxedBernoulli : Distribution
{
    private readonly SuccessParameter coin;

    /// <summary>Makes the distribution.</summary>
    /// <param name="temperature">How blurred the coin is; positive, towards 0 values crowd at 0 and 1.</param>
    /// <param name="probs">The probability of success; give this or <paramref name="logits"/>.</param>
    /// <param name="logits">log(p / (1 - p)).</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of probs and logits were given, or a parameter violates its constraint.</exception>
    public RelaxedBernoulli(Tensor temperature, Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(Shape.Broadcast(temperature.Shape, SuccessParameter.OneOf("RelaxedBernoulli", probs, logits).Shape), Shape.Scalar, validate)
    {
        Temperature = Declare("temperature", temperature, Constraints.Positive);
        _ = probs is not null ? Declare("probs", probs, Constraints.UnitInterval) : Declare("logits", logits!, Constraints.Real);
        coin = new SuccessParameter(probs, logits);
    }

    /// <summary>How blurred the coin is; positive, towards 0 values crowd at 0 and 1.</summary>
    public Tensor Temperature { get; }

    /// <summary>The probability of success.</summary>
    public Tensor Probs => coin.Probs;

    /// <summary>The log-odds of success.</summary>
    public Tensor Logits => coin.Logits;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.OpenUnitInterval;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => LogCdf(x).Exp();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => LogSurvivalFunction(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        Probability.Inside((x > 0) & (x < 1), x, 0.5, Tensor.Where(x > 0, 0.0, double.NegativeInfinity),
            v => ((Temperature * Probability.Logit(v)) - Logits).LogSigmoid());

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        Probability.Inside((x > 0) & (x < 1), x, 0.5, Tensor.Where(x > 0, double.NegativeInfinity, 0.0),
            v => (Logits - (Temperature * Probability.Logit(v))).LogSigmoid());

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Quantile(Probability.Logit(p));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Quantile(-Probability.Logit(p));

    internal override Distribution? Widened => new RelaxedBernoulli(Temperature.Widened, coin.WideProbs, coin.WideLogits, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        ((Logits + Probability.Logit(key.Uniform(shape, DType))) / Temperature).Sigmoid();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor logit = value.LogOdds ?? Probability.Logit(value);

        // At the end where a coin without doubt puts all values the difference of two infinite log-odds is 0.
        Tensor scaled = Temperature * logit;
        Tensor difference = Tensor.Where(Logits.EqualTo(scaled), 0, Logits - scaled);
        return Temperature.Log() - (difference.Softplus() + (-difference).Softplus()) + logit.Softplus() + (-logit).Softplus();
    }

    /// <summary>The value of given log-odds; of a coin that always falls on one side that side, whatever these are.</summary>
    private Tensor Quantile(Tensor logit)
    {
        Tensor sum = Tensor.Where(Logits.Abs().EqualTo(double.PositiveInfinity), 0, logit) + Logits;
        return (sum / Temperature).Sigmoid();
    }
}
