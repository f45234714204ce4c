namespace Pyrite;

/// <summary>From K - 1 reals onto the simplex of K numbers, each breaking off its share of what is left of a stick.</summary>
/// <remarks>y_k = sigmoid(x_k - log(K - 1 - k)) times the rest, so that x = 0 gives equal shares (Stan reference manual, unit simplex).</remarks>
public sealed class StickBreakingTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Simplex;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => shape[..^1] + [shape[^1] + 1];

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => shape[..^1] + [shape[^1] - 1];
}
