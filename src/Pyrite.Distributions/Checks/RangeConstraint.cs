using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;

namespace Pyrite.Checks;

/// <summary>Numbers, or whole numbers, between two fixed bounds, each of which may be excluded or infinite.</summary>
internal sealed class RangeConstraint(string name, string requirement, ElementRangeTest test, double interior, Func<Transform>? bijection = null)
    : Constraint(name, requirement, 0, test.Whole)
{
    private readonly ElementRangeTest test = test;

    public override Transform? Bijection => bijection?.Invoke();

    internal override bool IsEverything => !test.Whole && double.IsNegativeInfinity(test.Low) && double.IsPositiveInfinity(test.High) && !test.LowOpen && !test.HighOpen;

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

    internal override bool Holds(Tensor value)
    {
        if (value.IsWeak)
        {
            return test.Admits(value.WeakValue);
        }
        return value.DType switch
        {
            DType.Float32 => AllAdmitted(value.Read<float>()),
            DType.Float64 => AllAdmitted(value.Read<double>()),
            DType.Int64 => AllAdmitted(value.Read<long>()),
            _ => Check(value).All(),
        };
    }

    protected internal override Tensor InteriorPoint(Tensor value) => interior;

    /// <summary>One pass over the data: the least and the greatest element decide, and NaN spoils both.</summary>
    private bool AllAdmitted<T>(ReadOnlySpan<T> values) where T : unmanaged, INumber<T>
    {
        if (!test.Whole || typeof(T) == typeof(long))
        {
            return values.Length == 0 || (test.Admits(double.CreateChecked(TensorPrimitives.Min(values))) && test.Admits(double.CreateChecked(TensorPrimitives.Max(values))));
        }
        foreach (T value in values)
        {
            if (!test.Admits(double.CreateChecked(value)))
            {
                return false;
            }
        }
        return true;
    }
}
