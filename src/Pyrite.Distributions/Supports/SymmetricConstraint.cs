using Pyrite.Functions.Matrices;

namespace Pyrite.Supports;

/// <summary>Symmetric square matrices.</summary>
internal sealed class SymmetricConstraint() : Constraint("symmetric", "a symmetric matrix", 2)
{
    private const double Tolerance = 1e-6;

    public override Tensor Check(Tensor value) => value.IsSymmetric(Tolerance);

    protected internal override Tensor InteriorPoint(Tensor value) => Triangles.Masks(value.Shape[^1]).Diagonal.To(value.DType);
}
