using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Threads;

namespace Pyrite.Ops.Elementwise;

/// <summary>Applies an element-wise function with attributes; shape and layout stay. Without attributes: <see cref="Map{TKernel}"/>.</summary>
internal readonly record struct Transform<TFunction>(TFunction Function) : IElementwiseOperation
    where TFunction : struct, IUnaryFunction
{
    public string Name => Function.Name;

    /// <summary>The result for a tensor of any numeric type; integers become reals of the default precision.</summary>
    public static Tensor Of(in TFunction function, Tensor x)
    {
        if (x.IsWeak)
        {
            Span<double> value = [x.WeakValue];
            function.Invoke<double>(value, value);
            return value[0];
        }
        if (!x.DType.IsFloatingPoint)
        {
            x = x.To(Precision.Default);
        }
        return Executor.Apply(new Transform<TFunction>(function), new TensorSpec(x.Shape, x.DType, x.Layout), x);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs[0], output);
        }
        else
        {
            Run<double>(inputs[0], output);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => Function.Pullback(inputs[0], output, upstream);

    private void Run<T>(Tensor x, Tensor y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Body<T> body = new(Function, x, y);
        WorkerPool.For(ElementRange.Chunks(y.Count), ref body);
    }

    private readonly struct Body<T>(TFunction function, Tensor x, Tensor y) : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, y.Count);
            function.Invoke(x.Read<T>()[range], y.Write<T>()[range]);
        }
    }
}
