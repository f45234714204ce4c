using Pyrite.Functions;

namespace Pyrite;

/// <summary>One of K categories, as a vector with a single 1.</summary>
/// <remarks>Batch shape: that of the parameter without its last axis. Event shape: [K]. Draws are not differentiable.</remarks>
public sealed class OneHotCategorical : Distribution
{
    private readonly CategoryParameter categories;

    /// <summary>Makes the distribution.</summary>
    /// <param name="probs">The probabilities, [.., K]; they are normalized. Give this or <paramref name="logits"/>.</param>
    /// <param name="logits">Logarithms of the weights, [.., K]; they need not be normalized.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of probs and logits were given, or a parameter violates its constraint.</exception>
    public OneHotCategorical(Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(CategoryParameter.OneOf("OneHotCategorical", probs, logits).Shape[..^1],
            CategoryParameter.OneOf("OneHotCategorical", probs, logits).Shape[^1..], validate)
    {
        _ = probs is not null
            ? Declare("probs", probs, Constraints.Independent(Constraints.NonNegative, 1))
            : Declare("logits", logits!, Constraints.RealVector);
        categories = new CategoryParameter(probs, logits);
    }

    /// <summary>The probabilities, normalized, [.., K].</summary>
    public Tensor Probs => categories.Probs;

    /// <summary>Their logarithms, [.., K].</summary>
    public Tensor Logits => categories.LogProbs;

    /// <summary>K.</summary>
    public int CategoryCount => categories.Count;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.OneHot;

    /// <inheritdoc/>
    public override Tensor Mean => Probs;

    /// <inheritdoc/>
    public override Tensor Variance => Probs * categories.Complement;

    /// <inheritdoc/>
    public override Tensor Mode => Probs.ArgMax(-1).ToOneHot(CategoryCount, DType);

    /// <inheritdoc/>
    public override Tensor Entropy() => -Probability.Times(Probs, Logits).Sum(-1);

    /// <inheritdoc/>
    public override Tensor EnumerateSupport(bool expand = true)
    {
        Shape narrow = [CategoryCount, .. Enumerable.Repeat(1, BatchShape.Rank), CategoryCount];
        Tensor values = Tensor.Range(CategoryCount).ToOneHot(CategoryCount, DType).Reshape(narrow);
        return expand ? values.BroadcastTo([CategoryCount, .. BatchShape, CategoryCount]) : values;
    }

    internal override Distribution? Widened => new OneHotCategorical(categories.WideProbs, categories.WideLogits, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => categories.Draw(key, shape[..^1]).ToOneHot(CategoryCount, DType);

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => categories.Score(value);
}
