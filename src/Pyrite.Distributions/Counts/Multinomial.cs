using Pyrite.Counts;
using Pyrite.Functions;
using Pyrite.Functions.Quantiles;
using Pyrite.Supports;

namespace Pyrite;

/// <summary>How often each of K categories comes up in <c>totalCount</c> trials.</summary>
/// <remarks>Batch shape: that of the parameter without its last axis. Event shape: [K]. Draws are not differentiable.</remarks>
public sealed class Multinomial : Distribution
{
    private readonly CategoryParameter categories;

    /// <summary>Makes the distribution.</summary>
    /// <param name="totalCount">The number of trials; 0 or more.</param>
    /// <param name="probs">The probabilities, [.., K]; they are normalized. Give this or <paramref name="logits"/>.</param>
    /// <param name="logits">Logarithms of the weights, [.., K].</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of probs and logits were given, or a parameter violates its constraint.</exception>
    public Multinomial(int totalCount, Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(CategoryParameter.OneOf("Multinomial", probs, logits).Shape[..^1], CategoryParameter.OneOf("Multinomial", probs, logits).Shape[^1..],
            validate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalCount);
        TotalCount = totalCount;
        _ = probs is not null
            ? Declare("probs", probs, Constraints.Independent(Constraints.NonNegative, 1))
            : Declare("logits", logits!, Constraints.RealVector);
        categories = new CategoryParameter(probs, logits);
    }

    /// <summary>The number of trials.</summary>
    public int TotalCount { get; }

    /// <summary>The probabilities, normalized.</summary>
    public Tensor Probs => categories.Probs;

    /// <summary>Their logarithms.</summary>
    public Tensor Logits => categories.LogProbs;

    /// <inheritdoc/>
    public override Constraint Support => new CountsConstraint(TotalCount);

    /// <inheritdoc/>
    public override Tensor Mean => TotalCount * Probs;

    /// <inheritdoc/>
    public override Tensor Variance => TotalCount * Probs * categories.Complement;

    /// <inheritdoc/>
    public override Tensor Mode => MultinomialMode.Mode(TotalCount, TotalCount * Probs, counts => Logits - (counts + 1).Log());

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        Tensor logFactorials = CountSums.Expectation(new Binomial(TotalCount, Probs, validate: false), TotalCount, x => (x + 1).LogGamma());
        Tensor scores = (TotalCount * Probability.Times(Probs, Logits)) - logFactorials;
        return OverBatch(-scores.Sum(-1) - SpecialFunctions.LogGamma(TotalCount + 1.0));
    }

    internal override Distribution? Widened => new Multinomial(TotalCount, categories.WideProbs, categories.WideLogits, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        SequentialCounts.Draw(key, Probs, Tensor.Full(shape[..^1], TotalCount, DType), shape, DType);

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) =>
        SpecialFunctions.FactorialRest(TotalCount) - (categories.Deviance(value, TotalCount) + (value + 1).ShapeRest()).Sum(-1);
}
