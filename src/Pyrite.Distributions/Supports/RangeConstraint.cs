using Pyrite.Engine;
using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Numbers, or whole numbers, between two fixed bounds, each of which may be excluded or infinite.</summary>
internal sealed class RangeConstraint(string name, string requirement, ElementRangeTest test, double interior, Func<Transform>? bijection = null)
    : Constraint(name, requirement, 0, test.Whole)
{
    private readonly ElementRangeTest test = test;

    public override Transform? Bijection => bijection?.Invoke();

    internal override bool IsEverything => test.AdmitsEverything;

    internal override Tensor? LowerEnd => double.IsFinite(test.Low) ? test.Low : null;

    internal override Tensor? UpperEnd => double.IsFinite(test.High) ? test.High : null;

    public override Tensor Check(Tensor value)
    {
        if (value.IsWeak)
        {
            return Tensor.Full(Shape.Scalar, test.Admits(value.WeakValue) ? 1 : 0, DType.Bool);
        }
        Tensor source = value.DType is DType.Bool or DType.UInt8 ? value.To(DType.Int64) : value;
        return Executor.Apply(new ElementTestOperation(test), new TensorSpec(source.Shape, DType.Bool, source.Layout), source);
    }

    internal override Tensor Verdict(Tensor value)
    {
        Tensor source = value.IsWeak || value.DType is DType.Bool or DType.UInt8 ? value.To(value.IsWeak ? DType.Float64 : DType.Int64) : value;
        return Executor.Apply(new AllAdmittedOperation(test), new TensorSpec(Shape.Scalar, DType.Bool), source);
    }

    internal override bool? VerdictOfNumber(Tensor value) => value.IsWeak ? test.Admits(value.WeakValue) : null;

    protected internal override Tensor InteriorPoint(Tensor value) => interior;
}
