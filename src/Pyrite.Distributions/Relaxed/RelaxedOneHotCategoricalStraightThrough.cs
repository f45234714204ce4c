using Pyrite.Functions;

namespace Pyrite;

/// <summary>One of K categories as a vector with a single 1, whose draws carry the gradients of the relaxed vector they were rounded from.</summary>
/// <remarks>
/// Batch shape: broadcast of the temperature and the parameter without its last axis. Event shape: [K]. The greatest entry of a relaxed vector falls
/// on exactly the categories' probabilities, so scores and moments are those of <see cref="OneHotCategorical"/>, which are differentiable in the
/// value as Σ x log p. Jang et al., 2017.
/// </remarks>
public sealed class RelaxedOneHotCategoricalStraightThrough : DerivedDistribution
{
    private readonly RelaxedOneHotCategorical relaxed;

    /// <summary>Makes the distribution.</summary>
    /// <param name="temperature">How blurred the vector is whose gradients are used; positive.</param>
    /// <param name="probs">Weights of the categories, [.., K], normalized here; give these or <paramref name="logits"/>.</param>
    /// <param name="logits">Logarithms of weights.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of probs and logits were given, or a parameter violates its constraint.</exception>
    public RelaxedOneHotCategoricalStraightThrough(Tensor temperature, Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(
            new OneHotCategorical(probs, logits, validate: false)
                .Expand(
                    Shape.Broadcast(temperature.Shape,
                        CategoryParameter.OneOf("RelaxedOneHotCategoricalStraightThrough", probs, logits).Shape[..^1])), validate)
    {
        Temperature = Declare("temperature", temperature, Constraints.Positive);
        _ = probs is not null
            ? Declare("probs", probs, Constraints.Independent(Constraints.NonNegative, 1))
            : Declare("logits", logits!, Constraints.RealVector);
        relaxed = new RelaxedOneHotCategorical(temperature, probs, logits, validate: false);
    }

    /// <summary>How blurred the vector is whose gradients are used; positive.</summary>
    public Tensor Temperature { get; }

    /// <summary>The probabilities, normalized, [.., K].</summary>
    public Tensor Probs => relaxed.Probs;

    /// <summary>Their logarithms, [.., K].</summary>
    public Tensor Logits => relaxed.Logits;

    /// <summary>K.</summary>
    public int CategoryCount => relaxed.CategoryCount;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override DType DType => relaxed.DType;

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor soft = relaxed.Draw(key, shape);
        Tensor held = soft.Detach();
        return held.ArgMax(-1).ToOneHot(CategoryCount, soft.DType) + (soft - held);
    }

    /// <summary>Σ x log p, whose slope in an entry of 0 is log p too.</summary>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor possible = Logits.IsFinite();
        return Tensor.Where(possible, value * Tensor.Where(possible, Logits, 0), Probability.Times(value, Logits)).Sum(-1);
    }
}
