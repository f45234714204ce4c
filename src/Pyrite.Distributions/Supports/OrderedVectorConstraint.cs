using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Vectors whose entries increase strictly.</summary>
internal sealed class OrderedVectorConstraint() : Constraint("ordered vector", "a vector that increases strictly", 1)
{
    public override Transform Bijection => new OrderedTransform();

    public override Tensor Check(Tensor value)
    {
        int size = value.Shape[^1];
        return size < 2
            ? value.EqualTo(value).AllOverLast()
            : (value.Slice(-1, 1, size - 1) > value.Slice(-1, 0, size - 1)).AllOverLast();
    }

    protected internal override Tensor InteriorPoint(Tensor value) => Tensor.Range(value.Shape[^1]).To(value.DType);
}
