using Pyrite.Functions.Matrices;
using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Lower-triangular square matrices with a positive diagonal.</summary>
internal sealed class LowerCholeskyConstraint(string name, Func<Transform> bijection)
    : Constraint(name, "a lower-triangular matrix with a positive diagonal", 2)
{
    public override Transform Bijection => bijection();

    public override Tensor Check(Tensor value)
    {
        (Tensor above, Tensor diagonal) = Triangles.Masks(value.Shape[^1]);
        return (value.EqualTo(0) | (!above & value.EqualTo(value))).AllOverLast(2) & (!diagonal | (value > 0)).AllOverLast(2);
    }

    internal override Tensor Verdict(Tensor value) => value.DType.IsFloatingPoint && !value.IsWeak
        ? value.AllLowerCholesky()
        : base.Verdict(value);

    protected internal override Tensor InteriorPoint(Tensor value) => Triangles.Masks(value.Shape[^1]).Diagonal.To(value.DType);
}
