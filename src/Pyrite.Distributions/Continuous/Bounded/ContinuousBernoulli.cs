using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>Numbers from 0 to 1 with density proportional to p^x (1 - p)^(1 - x): for grey levels.</summary>
/// <remarks>Batch shape: that of the parameter. Event shape: []. Draws are reparameterized. Loaiza-Ganem and Cunningham, 2019.</remarks>
public sealed class ContinuousBernoulli : Distribution
{
    private readonly SuccessParameter coin;

    /// <summary>Makes the distribution.</summary>
    /// <param name="probs">The weight of 1, not the mean; give this or <paramref name="logits"/>.</param>
    /// <param name="logits">log(p / (1 - p)).</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of probs and logits were given, or a parameter violates its constraint.</exception>
    public ContinuousBernoulli(Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(SuccessParameter.OneOf("ContinuousBernoulli", probs, logits).Shape, Shape.Scalar, validate)
    {
        _ = probs is not null ? Declare("probs", probs, Constraints.UnitInterval) : Declare("logits", logits!, Constraints.Real);
        coin = new SuccessParameter(probs, logits);
    }

    /// <summary>The probability of success.</summary>
    public Tensor Probs => coin.Probs;

    /// <summary>The log-odds of success.</summary>
    public Tensor Logits => coin.Logits;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.UnitInterval;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Logits.TiltedMean());

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(0.25 * (0.5 * Logits).LangevinSlope());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Tensor.Where(Logits > 0, 1, Tensor.Where(Logits < 0, 0, double.NaN)));

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(Logits.TiltedEntropy());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.Where(x < 0, 0, Probability.Clamp(x).TiltedCdf(Logits));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.Where(x < 0, 1, Probability.Clamp(x).TiltedSurvival(Logits));

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => p.TiltedQuantile(Logits);

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => 1 - p.TiltedQuantile(-Logits);

    internal override Distribution? Widened => new ContinuousBernoulli(coin.WideProbs, coin.WideLogits, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => InverseCdf(key.Uniform(shape, DType));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        if (coin.GivenProbs?.Like(value) is not { } probs)
        {
            return LogTilted(value, Logits);
        }

        // A probability of 0 or 1 leaves all density at that end; what is given there has the sign and the slope of the limit.
        Tensor never = probs.EqualTo(0);
        Tensor atEnd = never | probs.EqualTo(1);
        Tensor inside = Tensor.Where(atEnd, 0.5, probs);
        Tensor chance = Tensor.Where(atEnd, Tensor.Where(never, probs, 1 - probs), 0.5).Log();
        Tensor distance = Tensor.Where(never, value, 1 - value);
        return Tensor.Where(atEnd, Tensor.Where(distance.EqualTo(0), -1, distance) * chance, LogTilted(value, Probability.Logit(inside)));
    }

    private static Tensor LogTilted(Tensor value, Tensor slope) => ((value - 0.5) * slope) - (0.5 * slope).LogSinhOver();
}
