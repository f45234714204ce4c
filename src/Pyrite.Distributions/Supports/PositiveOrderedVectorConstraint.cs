using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Vectors of positive entries that increase strictly.</summary>
internal sealed class PositiveOrderedVectorConstraint()
    : Constraint("positive ordered vector", "a vector of positive numbers that increases strictly", 1)
{
    public override Transform Bijection => new PositiveOrderedTransform();

    public override Tensor Check(Tensor value) => (value > 0).AllOverLast() & Constraints.OrderedVector.Check(value);

    protected internal override Tensor InteriorPoint(Tensor value) => (Tensor.Range(value.Shape[^1]) + 1).To(value.DType);
}
