using Pyrite.Functions.Matrices;
using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Symmetric matrices whose eigenvalues are not negative beyond rounding.</summary>
internal sealed class PositiveSemidefiniteConstraint() : Constraint("positive semidefinite", "a symmetric matrix without negative eigenvalues", 2)
{
    private const double Tolerance = 1e-6;

    public override Tensor Check(Tensor value)
    {
        Tensor symmetric = Constraints.Symmetric.Check(value);
        Tensor safe = Tensor.Where(SpreadOverEvent(symmetric), value, InteriorPoint(value));
        Tensor eigenvalues = (0.5 * (safe + safe.Transpose())).SymmetricEigenvalues();
        return symmetric & (eigenvalues >= -Tolerance * (1 + eigenvalues.Abs().Max([-1], keepDimensions: true))).AllOverLast();
    }

    protected internal override Tensor InteriorPoint(Tensor value) => Triangles.Masks(value.Shape[^1]).Diagonal.To(value.DType);
}
