using Pyrite.Functions;

namespace Pyrite;

/// <summary>One of K categories, as its number 0 … K - 1.</summary>
/// <remarks>Batch shape: that of the parameter without its last axis. Event shape: []. Draws are Int64 and not differentiable.</remarks>
public sealed class Categorical : Distribution
{
    private readonly CategoryParameter categories;

    /// <summary>Makes the distribution.</summary>
    /// <param name="probs">The probabilities, [.., K]; they are normalized. Give this or <paramref name="logits"/>.</param>
    /// <param name="logits">Logarithms of the weights, [.., K]; they need not be normalized.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of probs and logits were given, or a parameter violates its constraint.</exception>
    public Categorical(Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(CategoryParameter.OneOf("Categorical", probs, logits).Shape[..^1], Shape.Scalar, validate)
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
    public override Constraint Support => Constraints.IntegerInterval(0, CategoryCount - 1);

    /// <summary>NaN: numbers of categories are names, not quantities.</summary>
    public override Tensor Mean => OverBatch(double.NaN);

    /// <summary>NaN: numbers of categories are names, not quantities.</summary>
    public override Tensor Variance => OverBatch(double.NaN);

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Probs.ArgMax(-1));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.Where(Tensor.Range(CategoryCount) <= x.Unsqueeze(-1), Probs, 0).Sum(-1);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.Where(Tensor.Range(CategoryCount) > x.Unsqueeze(-1), Probs, 0).Sum(-1);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x)
    {
        Tensor some = Tensor.Where(x < 0, 0, x);
        return Tensor.Where(x < 0, double.NegativeInfinity,
            Tensor.Where(Tensor.Range(CategoryCount) <= some.Unsqueeze(-1), Logits, double.NegativeInfinity).LogSumExpOverLast());
    }

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x)
    {
        Tensor none = x >= CategoryCount - 1;
        Tensor some = Tensor.Where(none, CategoryCount - 2, x);
        return Tensor.Where(none, double.NegativeInfinity,
            Tensor.Where(Tensor.Range(CategoryCount) > some.Unsqueeze(-1), Logits, double.NegativeInfinity).LogSumExpOverLast());
    }

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(-Probability.Times(Probs, Logits).Sum(-1));

    /// <inheritdoc/>
    public override Tensor EnumerateSupport(bool expand = true)
    {
        Shape narrow = [CategoryCount, .. Enumerable.Repeat(1, BatchShape.Rank)];
        Tensor values = Tensor.Range(CategoryCount).Reshape(narrow);
        return expand ? values.BroadcastTo([CategoryCount, .. BatchShape]) : values;
    }

    internal override Distribution? Widened => new Categorical(categories.WideProbs, categories.WideLogits, validate: false);

    internal override bool ScoresNarrow => true;

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => categories.Draw(key, shape);

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => categories.Pick(value);
}
