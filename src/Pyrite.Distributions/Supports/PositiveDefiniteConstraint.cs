using Pyrite.Functions.Matrices;
using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Symmetric positive-definite matrices.</summary>
internal sealed class PositiveDefiniteConstraint() : Constraint("positive definite", "a symmetric positive-definite matrix", 2)
{
    private const double SymmetryTolerance = 1e-6;

    public override Transform Bijection => new ComposedTransform(new LowerCholeskyTransform(), new CholeskyToCovarianceTransform());

    public override Tensor Check(Tensor value) =>
        SymmetryOperation.Of(value, SymmetryTolerance) & (value.CholeskyFactor().MatrixDiagonal() > 0).AllOverLast();

    protected internal override Tensor InteriorPoint(Tensor value) => TriangularMatrices.Identity(value.Shape[^1], value.DType);
}
