using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;

namespace Pyrite.Ops.Conditions;

/// <summary>Whether a range admits every element, as a Bool scalar.</summary>
internal readonly record struct AllAdmittedOperation(NumberRange Range) : IOperation, IRangeVerdict
{
    public string Name => "check all";

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => output.Write<bool>()[0] = inputs[0].DType switch
    {
        DType.Float32 => AllAdmitted(inputs[0].Read<float>()),
        DType.Float64 => AllAdmitted(inputs[0].Read<double>()),
        _ => AllAdmitted(inputs[0].Read<long>()),
    };

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    /// <summary>One pass over the data: the least and the greatest element decide, and NaN spoils both.</summary>
    private bool AllAdmitted<T>(ReadOnlySpan<T> values) where T : unmanaged, INumber<T>
    {
        if (Range.AdmitsEverything)
        {
            return !TensorPrimitives.IsNaNAny(values);
        }
        if (!Range.Whole || typeof(T) == typeof(long))
        {
            return values.Length == 0
                || (Range.Admits(double.CreateChecked(TensorPrimitives.Min(values)))
                    && Range.Admits(double.CreateChecked(TensorPrimitives.Max(values))));
        }
        foreach (T value in values)
        {
            if (!Range.Admits(double.CreateChecked(value)))
            {
                return false;
            }
        }
        return true;
    }
}
