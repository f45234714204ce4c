using Pyrite.Functions.Matrices;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>From a vector to a lower-triangular matrix with a positive diagonal, made by eˣ.</summary>
/// <remarks>A vector holds the entries below the diagonal row by row, then those of the diagonal: n (n + 1) / 2 for an n × n matrix.</remarks>
public sealed class LowerCholeskyTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.LowerCholesky;

    internal override bool HasNoParameters => true;

    internal override Tensor? LogDiagonal(Tensor x)
    {
        int size = VectorMatrices.SizeWithDiagonal(x.Shape[^1]);
        return x.Slice(-1, size * (size - 1) / 2, size);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        int size = VectorMatrices.SizeWithDiagonal(x.Shape[^1]);
        int below = size * (size - 1) / 2;
        Tensor diagonal = x.Slice(-1, below, size);
        return Tensor.Concat([x.Slice(-1, 0, below), diagonal.Exp()], -1).ToLowerMatrix(size).ImageOf(this, x);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        Tensor diagonal = y.Diagonal();
        return Tensor.Concat([y.BelowDiagonal(), diagonal.Log()], -1);
    }

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        int size = VectorMatrices.SizeWithDiagonal(x.Shape[^1]);
        return x.Slice(-1, size * (size - 1) / 2, size).Sum(-1);
    }

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => VectorMatrices.MatrixShape(shape, VectorMatrices.SizeWithDiagonal(shape[^1]));

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => shape[..^2] + [shape[^1] * (shape[^1] + 1) / 2];
}
