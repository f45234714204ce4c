using System.Numerics;
using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Threads;

namespace Pyrite.Ops.Elementwise;

/// <summary>Applies an element-wise function of one argument; shape and layout stay.</summary>
internal readonly record struct Map<TKernel> : IBatchOperation<Map<TKernel>>, IElementwiseOperation, IAddressOperation
    where TKernel : struct, IUnaryKernel
{
    public string Name => TKernel.Name;

    public ElementwiseForm? Form => TKernel.Form;

    public Type? Kernel => typeof(TKernel);

    public GradientReads GradientReads => TKernel.GradientReads;

    public int? EntryRank => typeof(TKernel) == typeof(NegateKernel) ? null : 0;

    /// <summary>The result for a tensor of any numeric type; integers become reals of the default precision.</summary>
    public static Tensor Of(Tensor x)
    {
        if (x.IsWeak)
        {
            return OfNumber(x.WeakValue);
        }
        if (!x.DType.IsFloatingPoint)
        {
            x = x.To(Precision.Default);
        }
        return Executor.Apply(default(Map<TKernel>), new TensorSpec(x.Shape, x.DType, x.Layout), x);
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

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
        result.Count > ElementRange.Grain
            ? null
            : (typeof(Map<TKernel>).GetMethod(nameof(Run))!, [(int)result.Count]);

    /// <summary>The kernel on plain memory.</summary>
    public static void Run(nint x, nint y, int count) =>
        TKernel.Invoke(PlainMemory.Read(x, count), PlainMemory.Write(y, count));

    public Map<TKernel>? ForBatch(int count, int batch) => this;

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => TKernel.Pullback(inputs[0], output, upstream);

    private static double OfNumber(double x)
    {
        Span<double> value = [x];
        TKernel.Invoke<double>(value, value);
        return value[0];
    }

    private static void Run<T>(Tensor x, Tensor y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = y.Count;
        if (count == 0)
        {
            return;
        }
        if (count <= ElementRange.Grain)
        {
            TKernel.Invoke(x.Read<T>(), y.Write<T>());
            return;
        }
        Body<T> body = new(x, y);
        WorkerPool.For(ElementRange.Chunks(count), ref body);
    }

    private readonly struct Body<T>(Tensor x, Tensor y) : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, y.Count);
            TKernel.Invoke(x.Read<T>()[range], y.Write<T>()[range]);
        }
    }
}
