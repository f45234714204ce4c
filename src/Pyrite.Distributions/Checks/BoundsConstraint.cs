namespace Pyrite.Checks;

/// <summary>Numbers, or whole numbers, between two bounds that are tensors; a missing bound is infinite.</summary>
internal sealed class BoundsConstraint(string name, string requirement, Tensor? low, Tensor? high, bool lowOpen, bool highOpen, bool whole)
    : Constraint(name, requirement, 0, whole)
{
    public override Transform? Bijection => IsDiscrete ? null : (low, high) switch
    {
        (not null, not null) => new ComposedTransform(new SigmoidTransform(), new AffineTransform(low, high - low)),
        (not null, null) => new ComposedTransform(new ExpTransform(), new AffineTransform(low, 1)),
        (null, not null) => new ComposedTransform(new ExpTransform(), new AffineTransform(high, -1)),
        _ => new IdentityTransform(),
    };

    internal override Tensor? LowerEnd => low;

    internal override Tensor? UpperEnd => high;

    public override Tensor Check(Tensor value)
    {
        Tensor verdict = IsDiscrete && (value.DType.IsFloatingPoint || value.IsWeak) ? value.IsWhole() : value.EqualTo(value);
        if (low is not null)
        {
            verdict &= lowOpen ? value > low : value >= low;
        }
        if (high is not null)
        {
            verdict &= highOpen ? value < high : value <= high;
        }
        return verdict;
    }

    protected internal override Tensor InteriorPoint(Tensor value) => ((low, high) switch
    {
        (not null, not null) => IsDiscrete ? low : 0.5 * (low + high),
        (not null, null) => low + 1,
        (null, not null) => high - 1,
        _ => 0,
    }).Detach();
}
