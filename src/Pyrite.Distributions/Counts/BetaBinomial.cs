using Pyrite.Functions.Preimages;
using Pyrite.Functions.Quantiles;
using Pyrite.Functions.Sampling;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>The number of successes in <c>totalCount</c> trials whose probability is a Beta draw.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are not differentiable.</remarks>
public sealed class BetaBinomial : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="concentration1">One more than the weight of success; positive.</param>
    /// <param name="concentration0">One more than the weight of failure; positive.</param>
    /// <param name="totalCount">The number of trials; whole, 1 if not given.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public BetaBinomial(Tensor concentration1, Tensor concentration0, Tensor? totalCount = null, bool validate = true)
        : base(Shape.Broadcast(concentration1.Shape, concentration0.Shape, (totalCount ?? 1).Shape), Shape.Scalar, validate)
    {
        Concentration1 = Declare("concentration1", concentration1, Constraints.Positive);
        Concentration0 = Declare("concentration0", concentration0, Constraints.Positive);
        TotalCount = Declare("totalCount", totalCount ?? 1, Constraints.NonNegativeInteger);
    }

    /// <summary>One more than the weight of success; positive.</summary>
    public Tensor Concentration1 { get; }

    /// <summary>One more than the weight of failure; positive.</summary>
    public Tensor Concentration0 { get; }

    /// <summary>The number of trials; whole, 1 if not given.</summary>
    public Tensor TotalCount { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.IntegerInterval(0, TotalCount);

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(TotalCount * Share);

    /// <inheritdoc/>
    public override Tensor Variance =>
        OverBatch(TotalCount * Share * (1 - Share) * ((Concentration1 + Concentration0 + TotalCount) / (Concentration1 + Concentration0 + 1)));

    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor excess1 = Concentration1 - 1;
            Tensor excess0 = Concentration0 - 1;
            Tensor edge = Tensor.Where(excess1 > excess0, TotalCount, Tensor.Where(excess1 < excess0, 0, double.NaN));
            Tensor inner = ((TotalCount + 1) * excess1 / (excess1 + excess0)).Floor();
            inner = Tensor.Where(inner < TotalCount, inner.Relu(), TotalCount);
            return OverBatch(Tensor.Where(excess1 + excess0 > 0, inner, edge));
        }
    }

    private int MostTrials => (int)CountSums.Greatest(TotalCount);

    /// <inheritdoc/>
    public override Tensor Entropy() => CountSums.Entropy(this, Mean, TotalCount - Mean);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => CountSums.Cdf(this, x, MostTrials);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => CountSums.Survival(this, x, MostTrials);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => CountSums.LogCdf(this, x, MostTrials);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => CountSums.LogSurvival(this, x, MostTrials);

    /// <inheritdoc/>
    public override Tensor EnumerateSupport(bool expand = true) =>
        new Binomial(TotalCount, Tensor.Full(BatchShape, 0.5), validate: false).EnumerateSupport(expand);

    internal override Distribution? Widened => new BetaBinomial(Concentration1.Widened, Concentration0.Widened, TotalCount.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor probs = new Beta(Concentration1, Concentration0, validate: false).Draw(key.Child("probs"), shape);
        return CountDraws.Binomial(key.Child("count"), TotalCount, probs, shape, DType);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor trials = AsReal(TotalCount);
        Tensor total = Concentration1 + Concentration0;
        Tensor odds = (trials / total).Detach();
        return Concentration1.LogRising(value, odds) + Concentration0.LogRising(trials - value, odds) - total.LogRising(trials, odds);
    }

    private Tensor Share => Concentration1 / (Concentration1 + Concentration0);
}
