namespace Pyrite.Supports;

/// <summary>The two ends of an interval, in their order; both may be infinite or equal.</summary>
internal sealed class IntervalEndsConstraint() : Constraint("interval ends", "two numbers, the second not below the first", 1)
{
    public override Tensor Check(Tensor value) => value.Select(-1, 0) <= value.Select(-1, 1);

    protected internal override Tensor InteriorPoint(Tensor value) => 0.0;
}
