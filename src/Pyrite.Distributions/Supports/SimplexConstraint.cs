using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Non-negative numbers along the last axis that sum to 1.</summary>
internal sealed class SimplexConstraint() : Constraint("simplex", "non-negative numbers that sum to 1 along the last axis", 1)
{
    private const double Tolerance = 1e-6;

    public override Transform Bijection => new StickBreakingTransform();

    public override Transform Parametrization => new SoftmaxTransform();

    public override Tensor Check(Tensor value) => (value >= 0).AllOverLast() & ((value.Sum(-1) - 1).Abs() <= Tolerance);

    protected internal override Tensor InteriorPoint(Tensor value) => 1.0 / value.Shape[^1];
}
