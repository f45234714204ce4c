using Pyrite.Functions;

namespace Pyrite;

/// <summary>Every whole number from <c>low</c> to <c>high</c> is equally likely.</summary>
/// <remarks>Batch shape: broadcast(low, high). Event shape: []. Draws are not differentiable.</remarks>
public sealed class DiscreteUniform : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="low">The smallest value; whole.</param>
    /// <param name="high">The largest value; whole, at least low.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public DiscreteUniform(Tensor low, Tensor high, bool validate = true)
        : base(Shape.Broadcast(low.Shape, high.Shape), Shape.Scalar, validate)
    {
        Low = Declare("low", low, Constraints.Integer);
        High = Declare("high", high, Constraints.GreaterThanOrEqual(low));
    }

    /// <summary>The smallest value; whole.</summary>
    public Tensor Low { get; }

    /// <summary>The largest value; whole, at least low.</summary>
    public Tensor High { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.IntegerInterval(Low, High);

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(0.5 * (Low + High));

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch((Size.Square() - 1) / 12);

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(double.NaN);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(Size.Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Probability.Clamp((x.Floor() - Low + 1) / Size);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Probability.Clamp((High - x.Floor()) / Size);

    /// <inheritdoc/>
    public override Tensor EnumerateSupport(bool expand = true)
    {
        double[] sizes = Size.To(Pyrite.DType.Float64).ToArray<double>();
        if (sizes.Length == 0 || Array.Exists(sizes, size => size != sizes[0]))
        {
            throw new NotSupportedException(
                $"DiscreteUniform: supports of different sizes cannot be enumerated together; low and high of "
                    + $"shapes {Low.Shape} and {High.Shape} have no constant distance.");
        }
        int count = (int)sizes[0];
        Shape narrow = [count, .. Enumerable.Repeat(1, BatchShape.Rank)];
        Tensor values = Low.To(DType) + Tensor.Range(count).To(DType).Reshape(narrow);
        return expand ? values.BroadcastTo([count, .. BatchShape]) : values;
    }

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => (Low + (Size * key.Uniform(shape, DType)).Floor());

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => -Size.Log();

    private Tensor Size => High - Low + 1.0;
}
