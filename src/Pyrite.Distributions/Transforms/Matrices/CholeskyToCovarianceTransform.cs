using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>From a lower-triangular L with a positive diagonal to the positive-definite L Lᵀ.</summary>
/// <remarks>The log-determinant counts the entries on and below the diagonal.</remarks>
public sealed class CholeskyToCovarianceTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.LowerCholesky;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.PositiveDefinite;

    internal override bool HasNoParameters => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.MatMul(x.Transpose()).ImageOf(this, x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.CholeskyFactor();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        int size = x.Shape[^1];
        Tensor powers = size - Tensor.Range(size);
        return (powers * x.LogDiagonal()).Sum(-1) + (size * Math.Log(2));
    }
}
