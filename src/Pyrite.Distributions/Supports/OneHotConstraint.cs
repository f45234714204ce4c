using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Vectors with a single 1 and zeros elsewhere.</summary>
internal sealed class OneHotConstraint() : Constraint("one hot", "a vector with a single 1 and zeros elsewhere", 1, true)
{
    public override Tensor Check(Tensor value) => (value.EqualTo(0) | value.EqualTo(1)).AllOverLast() & value.Sum(-1).EqualTo(1);

    protected internal override Tensor InteriorPoint(Tensor value) => Tensor.Range(value.Shape[^1]).EqualTo(0).To(value.DType);
}
