using Pyrite.Counts;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Quantiles;
using Pyrite.Functions.Special;
using Pyrite.Supports;

namespace Pyrite;

/// <summary>How often each of K categories comes up in <c>totalCount</c> trials whose probabilities are a Dirichlet draw.</summary>
/// <remarks>Batch shape: that of concentration without its last axis. Event shape: [K]. Draws are not differentiable.</remarks>
public sealed class DirichletMultinomial : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="concentration">One positive number a category, [.., K].</param>
    /// <param name="totalCount">The number of trials; 0 or more.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A concentration is not positive.</exception>
    public DirichletMultinomial(Tensor concentration, int totalCount = 1, bool validate = true)
        : base(concentration.Shape[..^1], concentration.Shape[^1..], validate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalCount);
        TotalCount = totalCount;
        Concentration = Declare("concentration", concentration, Constraints.Independent(Constraints.Positive, 1));
    }

    /// <summary>One positive number a category.</summary>
    public Tensor Concentration { get; }

    /// <summary>The number of trials.</summary>
    public int TotalCount { get; }

    /// <inheritdoc/>
    public override Constraint Support => new CountsConstraint(TotalCount);

    /// <inheritdoc/>
    public override Tensor Mean => TotalCount * Share;

    /// <inheritdoc/>
    public override Tensor Variance => TotalCount * Share * (1 - Share) * ((TotalCount + Total) / (1 + Total));

    private Tensor Total => Concentration.Sum(-1, keepDimensions: true);

    private Tensor Share => Concentration / Total;

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        BetaBinomial marginal = new(Concentration, Total - Concentration, TotalCount, validate: false);
        Tensor scores = CountSums.Expectation(marginal, TotalCount, x => RisingOverFactorial(Concentration, x));
        return OverBatch(RisingOverFactorial(Concentration.Sum(-1), TotalCount) - scores.Sum(-1));
    }

    internal override Distribution? Widened => new DirichletMultinomial(Concentration.Widened, TotalCount, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor probs = new Dirichlet(Concentration, validate: false).Draw(key.Child("probs"), shape);
        return SequentialCounts.Draw(key.Child("counts"), probs, Tensor.Full(shape[..^1], TotalCount, DType), shape, DType);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor odds = (TotalCount / Total).Detach();
        return Concentration.LogRising(value, odds).Sum(-1) - Concentration.Sum(-1).LogRising(TotalCount, odds.Squeeze(-1));
    }

    /// <summary>log Γ(a + n) / (Γ(a) n!) = -log(n B(a, n)), and 0 for n = 0.</summary>
    private static Tensor RisingOverFactorial(Tensor a, Tensor n)
    {
        Tensor none = n.EqualTo(0);
        Tensor some = Tensor.Where(none, 1, n);
        return Tensor.Where(none, 0, -some.Log() - a.LogBeta(some));
    }
}
