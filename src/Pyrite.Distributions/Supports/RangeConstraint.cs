namespace Pyrite.Supports;

/// <summary>Numbers, or whole numbers, between two fixed bounds, each of which may be excluded or infinite.</summary>
internal sealed class RangeConstraint(string name, string requirement, NumberRange test, double interior, Func<Transform>? bijection = null)
    : Constraint(name, requirement, 0, test.Whole)
{
    private readonly NumberRange test = test;

    public override Transform? Bijection => bijection?.Invoke();

    public override bool IsEverything => test.AdmitsEverything;

    public override bool IsInterval => true;

    public override Tensor? LowerEnd => double.IsFinite(test.Low) ? test.Low : null;

    public override Tensor? UpperEnd => double.IsFinite(test.High) ? test.High : null;

    public override Tensor Check(Tensor value) => value.IsWithin(test);

    internal override Tensor Verdict(Tensor value) => value.AllWithin(test);

    internal override bool? VerdictOfNumber(Tensor value) => value.IsWeak ? test.Admits(value.WeakValue) : null;

    protected internal override Tensor InteriorPoint(Tensor value) => interior;
}
