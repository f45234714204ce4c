using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Vectors of counts with a given sum.</summary>
internal sealed class CountsConstraint(int total) : Constraint("counts", $"a vector of counts of 0 or more that sum to {total}", 1, true)
{
    public override bool IsMade => true;

    public override Tensor Check(Tensor value) => (value.IsWhole() & (value >= 0)).AllOverLast() & value.Sum(-1).EqualTo(total);

    protected internal override Tensor InteriorPoint(Tensor value) => Tensor.Range(value.Shape[^1]).EqualTo(0).To(value.DType) * total;
}
