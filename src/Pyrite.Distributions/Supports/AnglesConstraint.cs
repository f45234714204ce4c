using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Spherical coordinates: vectors of angles in [0, π], the last one in [-π, π].</summary>
internal sealed class AnglesConstraint() : Constraint("angles", "a vector of angles from 0 to π, the last from -π to π", 1)
{
    public override Tensor Check(Tensor value)
    {
        Tensor isLast = Tensor.Range(value.Shape[^1]).EqualTo(value.Shape[^1] - 1);
        return ((value <= Math.PI) & (value >= Tensor.Where(isLast, -Math.PI, 0.0))).AllOverLast();
    }

    protected internal override Tensor InteriorPoint(Tensor value) => 1.0;
}
