using System.Numerics;
using Pyrite.Engine;

namespace Pyrite.Ops.Conditions;

/// <summary>Tests each element for a range.</summary>
internal readonly record struct ElementTestOperation(NumberRange Range) : IOperation, IRangeTest
{
    public string Name => "check";

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (inputs[0].DType)
        {
            case DType.Float32:
                Run(inputs[0].Read<float>(), output.Write<bool>());
                break;
            case DType.Float64:
                Run(inputs[0].Read<double>(), output.Write<bool>());
                break;
            default:
                Run(inputs[0].Read<long>(), output.Write<bool>());
                break;
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    private void Run<T>(ReadOnlySpan<T> values, Span<bool> verdicts) where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            verdicts[i] = Range.Admits(double.CreateTruncating(values[i]));
        }
    }
}
