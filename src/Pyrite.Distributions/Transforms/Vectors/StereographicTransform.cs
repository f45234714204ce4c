namespace Pyrite;

/// <summary>From n - 1 reals onto the unit sphere in n dimensions without its pole, by stereographic projection.</summary>
/// <remarks>y = (2x, |x|² - 1) / (|x|² + 1); areas change by (2 / (1 + |x|²))ⁿ⁻¹. The pole (0, …, 0, 1) belongs to no x.</remarks>
public sealed class StereographicTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Sphere;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        Tensor square = x.Square().Sum(-1, keepDimensions: true);
        return Tensor.Concat([2 * x / (1 + square), (square - 1) / (square + 1)], -1);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        int rest = y.Shape[^1] - 1;
        return y.Slice(-1, 0, rest) / (1 - y.Slice(-1, rest, 1));
    }

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => x.Shape[^1] * (Math.Log(2) - x.Square().Sum(-1).Log1p());

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => shape[..^1] + [shape[^1] + 1];

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => shape[..^1] + [shape[^1] - 1];
}
