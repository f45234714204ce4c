namespace Pyrite.Supports.Parameters;

/// <summary>Finite numbers other than zero.</summary>
/// <param name="size">What the absolute value must be; its verdict is one operation, which compiled densities have code for.</param>
internal sealed class NonZeroConstraint(Constraint size) : Constraint("nonzero", "a finite number other than zero")
{
    public override Tensor Check(Tensor value) => size.Check(value.Abs());

    internal override Tensor Verdict(Tensor value) => size.Verdict(value.Abs());

    internal override bool? VerdictOfNumber(Tensor value) => value.IsWeak ? size.VerdictOfNumber(Math.Abs(value.WeakValue)) : null;

    protected internal override Tensor InteriorPoint(Tensor value) => 1;
}
