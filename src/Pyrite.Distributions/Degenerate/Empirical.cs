using Pyrite.Functions;
using Pyrite.Supports.Conditions;

namespace Pyrite;

/// <summary>A finite set of weighted values, such as posterior draws.</summary>
/// <remarks>Batch shape: []. Event shape: that of one value. Draws are not differentiable.</remarks>
public sealed class Empirical : Distribution
{
    private readonly CategoryParameter categories;

    /// <summary>Makes the distribution.</summary>
    /// <param name="samples">The values, one after the other along the first axis, [n, ..].</param>
    /// <param name="logWeights">Logarithms of their weights, [n]; equal if not given.</param>
    /// <param name="validate">Whether the weights are checked.</param>
    /// <exception cref="ArgumentException">There are no values, or not as many weights.</exception>
    public Empirical(Tensor samples, Tensor? logWeights = null, bool validate = true)
        : base(Shape.Scalar, samples.Shape[1..], validate)
    {
        if (samples.Shape[0] == 0 || (logWeights is not null && logWeights.Shape != [samples.Shape[0]]))
        {
            throw new ArgumentException(
                $"Empirical: values [n, ..] and weights [n] are needed; found {samples.Shape} and {logWeights?.Shape.ToString() ?? "none"}.",
                    nameof(samples));
        }
        Samples = Declare("samples", samples, Constraints.Independent(Constraints.Real, EventShape.Rank));
        LogWeights =
            Declare("logWeights", logWeights ?? Tensor.Zeros([samples.Shape[0]], samples.DType.IsFloatingPoint ? samples.DType : null),
                Constraints.RealVector);
        categories = new CategoryParameter(null, LogWeights);
    }

    /// <summary>The values, [n, ..].</summary>
    public Tensor Samples { get; }

    /// <summary>Logarithms of their weights, [n].</summary>
    public Tensor LogWeights { get; }

    /// <inheritdoc/>
    public override string PointMasses => "it gives each stored value a probability";

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Independent(Constraints.Real, EventShape.Rank);

    /// <inheritdoc/>
    public override Tensor Mean => (Weights * Samples).Sum(0);

    /// <inheritdoc/>
    public override Tensor Variance => (Weights * (Samples - Mean).Square()).Sum(0);

    /// <inheritdoc/>
    public override Tensor Mode => Samples.Take(LogDensity(Samples).ArgMax(-1).Reshape(1), 0).Reshape(EventShape);

    /// <inheritdoc/>
    public override Tensor Entropy() => -Probability.Times(categories.Probs, LogDensity(Samples)).Sum(-1);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) =>
        EventShape.Rank == 0 ? Tensor.Where(Samples <= x.Unsqueeze(-1), categories.Probs, 0).Sum(-1) : base.Cdf(x);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) =>
        EventShape.Rank == 0 ? Tensor.Where(Samples > x.Unsqueeze(-1), categories.Probs, 0).Sum(-1) : base.SurvivalFunction(x);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p)
    {
        if (EventShape.Rank != 0)
        {
            return base.InverseCdf(p);
        }
        Tensor reached = Tensor.Where(Cdf(Samples) >= p.Unsqueeze(-1), Samples, double.PositiveInfinity).Min([-1]);
        Tensor most = Samples.Max([]);
        return Tensor.Where(reached < most, reached, most);
    }

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => InverseCdf(1 - p);

    private Tensor Weights
    {
        get
        {
            Tensor weights = categories.Probs;
            for (int i = 0; i < EventShape.Rank; i++)
            {
                weights = weights.Unsqueeze(-1);
            }
            return weights;
        }
    }

    /// <inheritdoc/>
    public override Tensor EnumerateSupport(bool expand = true) => Samples;

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        Samples.Take(categories.Draw(key, shape[..(shape.Rank - EventShape.Rank)]), 0);

    /// <summary>Integers are compared as they are.</summary>
    internal override Tensor InScoredType(Tensor value) => value;

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor equal = Verdicts.SameNumber(value.Unsqueeze(-1 - EventShape.Rank), Samples);
        Tensor same = Verdicts.AllOverLast(equal, EventShape.Rank);
        return Tensor.Where(same, categories.LogProbs, double.NegativeInfinity).LogSumExpOverLast();
    }
}
