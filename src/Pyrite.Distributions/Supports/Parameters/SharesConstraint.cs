using Pyrite.Supports.Conditions;

namespace Pyrite.Supports.Parameters;

/// <summary>Positive numbers along the last axis that sum to 1: no piece of a curve is empty.</summary>
internal sealed class SharesConstraint() : Constraint("shares", "positive numbers that sum to 1 along the last axis", 1)
{
    public override Tensor Check(Tensor value) => (value > 0).AllOverLast() & Constraints.Simplex.Check(value);

    protected internal override Tensor InteriorPoint(Tensor value) => 1.0 / value.Shape[^1];
}
