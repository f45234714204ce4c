using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>Compares two tensors that broadcast, element by element, to truth values.</summary>
internal readonly record struct Compare<TKernel> : IElementwiseOperation
    where TKernel : struct, IComparisonKernel
{
    public string Name => TKernel.Name;

    public ElementwiseForm? Form => TKernel.Form;

    public static Tensor Of(Tensor a, Tensor b)
    {
        (a, b) = Operands.Align(TKernel.Name, a, b, keepsIntegers: true);
        Shape shape = Operands.Broadcast(TKernel.Name, a, b);
        Layout layout = Operands.CommonLayout(ref a, ref b, shape);
        return Executor.Apply(default(Compare<TKernel>), new TensorSpec(shape, DType.Bool, layout), a, b);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (inputs[0].DType)
        {
            case DType.Float32:
                Run<float>(inputs[0], inputs[1], output.Write<bool>(), output.Shape);
                break;
            case DType.Float64:
                Run<double>(inputs[0], inputs[1], output.Write<bool>(), output.Shape);
                break;
            default:
                Run<long>(inputs[0], inputs[1], output.Write<bool>(), output.Shape);
                break;
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    private static void Run<T>(Tensor a, Tensor b, Span<bool> result, Shape shape) where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> left = a.Read<T>();
        ReadOnlySpan<T> right = b.Read<T>();
        if (left.Length == result.Length && right.Length == result.Length)
        {
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = TKernel.Invoke(left[i], right[i]);
            }
            return;
        }
        if (right.Length == 1 && left.Length == result.Length)
        {
            T number = right[0];
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = TKernel.Invoke(left[i], number);
            }
            return;
        }
        BroadcastLoop loop = new(a.Shape, b.Shape, shape);
        for (int outer = 0; outer < loop.Outer && result.Length > 0; outer++)
        {
            (int offsetA, int offsetB) = loop.Offsets(outer);
            for (int i = 0; i < loop.Inner; i++)
            {
                result[(outer * loop.Inner) + i] = TKernel.Invoke(left[offsetA + (i * loop.InnerA)], right[offsetB + (i * loop.InnerB)]);
            }
        }
    }
}
