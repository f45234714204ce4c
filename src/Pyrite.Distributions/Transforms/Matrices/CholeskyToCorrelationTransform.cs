using Pyrite.Functions.Matrices;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>From the Cholesky factor of a correlation matrix to the matrix.</summary>
/// <remarks>The log-determinant counts the entries below the diagonal.</remarks>
public sealed class CholeskyToCorrelationTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.CorrelationCholesky;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.CorrelationMatrix;

    internal override bool HasNoParameters => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        Tensor product = x.MatMul(x.Transpose());
        return Tensor.Where(Triangles.Masks(x.Shape[^1]).Diagonal, 1, product).ImageOf(this, x);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.CholeskyFactor();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        int size = x.Shape[^1];
        Tensor powers = Tensor.Where(Tensor.Range(size).EqualTo(0), 0, size - 1 - Tensor.Range(size));
        return (powers * x.LogDiagonal()).Sum(-1);
    }
}
