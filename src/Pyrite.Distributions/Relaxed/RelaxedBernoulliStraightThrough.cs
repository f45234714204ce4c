namespace Pyrite;

/// <summary>A coin, 0 or 1, whose draws carry the gradients of the relaxed coin they were rounded from.</summary>
/// <remarks>
/// Batch shape: broadcast(temperature, parameter). Event shape: []. A relaxed coin rounded at one half is exactly a coin of the same probability, so
/// scores and moments are those of <see cref="Bernoulli"/>, which are differentiable in the value as x log p + (1 - x) log(1 - p). Bengio et al.,
/// 2013; Jang et al., 2017.
/// </remarks>
public sealed class RelaxedBernoulliStraightThrough : DerivedDistribution
{
    private readonly RelaxedBernoulli relaxed;

    /// <summary>Makes the distribution.</summary>
    /// <param name="temperature">How blurred the coin is whose gradients are used; positive.</param>
    /// <param name="probs">The probability of 1; give this or <paramref name="logits"/>.</param>
    /// <param name="logits">Its log-odds.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of probs and logits were given, or a parameter violates its constraint.</exception>
    public RelaxedBernoulliStraightThrough(Tensor temperature, Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(new Bernoulli(probs, logits, validate: false).Expand(Shape.Broadcast(temperature.Shape, (probs ?? logits ?? 0).Shape)), validate)
    {
        Temperature = Declare("temperature", temperature, Constraints.Positive);
        _ = probs is not null ? Declare("probs", probs, Constraints.UnitInterval) : Declare("logits", logits!, Constraints.Real);
        relaxed = new RelaxedBernoulli(temperature, probs, logits, validate: false);
    }

    /// <summary>How blurred the coin is whose gradients are used; positive.</summary>
    public Tensor Temperature { get; }

    /// <summary>The probability of 1.</summary>
    public Tensor Probs => relaxed.Probs;

    /// <summary>The log-odds of 1.</summary>
    public Tensor Logits => relaxed.Logits;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override DType DType => relaxed.DType;

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor soft = relaxed.Draw(key, shape);
        Tensor held = soft.Detach();
        return (held > 0.5).To(soft.DType) + (soft - held);
    }
}
