namespace Pyrite;

/// <summary>From n - 1 numbers to n numbers that sum to 0, without changing lengths.</summary>
/// <remarks>A Householder-like map that treats all entries but the last alike; its log-determinant is 0.</remarks>
public sealed class ZeroSumTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.ZeroSum;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        double size = x.Shape[^1] + 1;
        Tensor sum = x.Sum(-1, keepDimensions: true);
        return Tensor.Concat([x - (sum / (Math.Sqrt(size) + size)), -sum / Math.Sqrt(size)], -1);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        int rest = y.Shape[^1] - 1;
        double size = rest + 1;
        return y.Slice(-1, 0, rest) - (y.Slice(-1, rest, 1) * (Math.Sqrt(size) / (Math.Sqrt(size) + size)));
    }

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => Tensor.Zeros(x.Shape[..^1], x.DType);

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => shape[..^1] + [shape[^1] + 1];

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => shape[..^1] + [shape[^1] - 1];
}
