using Pyrite.Functions.Matrices;
using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Lower-triangular square matrices.</summary>
internal sealed class LowerTriangularConstraint() : Constraint("lower triangular", "a lower-triangular matrix", 2)
{
    public override Tensor Check(Tensor value) =>
        (value.EqualTo(0) | (!Triangles.Masks(value.Shape[^1]).Above & value.EqualTo(value))).AllOverLast(2);

    protected internal override Tensor InteriorPoint(Tensor value) => Triangles.Masks(value.Shape[^1]).Diagonal.To(value.DType);
}
