using System.Numerics;
using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Elementwise;

/// <summary>Applies an element-wise function of three arguments.</summary>
/// <remarks>Inputs: all of the output's shape, row-major.</remarks>
internal readonly record struct Triple<TKernel> : IBatchOperation<Triple<TKernel>>, IElementwiseOperation, IAddressOperation
    where TKernel : struct, ITripleKernel
{
    public string Name => TKernel.Name;

    public ElementwiseForm? Form => TKernel.Form;

    public Type? Kernel => typeof(TKernel);

    /// <summary>The result for tensors of any types and shapes that broadcast.</summary>
    public static Tensor Of(Tensor a, Tensor b, Tensor c)
    {
        if (a.IsWeak && b.IsWeak && c.IsWeak)
        {
            Span<double> value = [0];
            TKernel.Invoke<double>([a.WeakValue], [b.WeakValue], [c.WeakValue], value);
            return value[0];
        }
        DType? real = null;
        foreach (Tensor operand in (ReadOnlySpan<Tensor>)[a, b, c])
        {
            real =
                operand.IsWeak || !operand.DType.IsFloatingPoint
                    ? real
                    : real is { } known ? DTypeProperties.Promote(known, operand.DType) : operand.DType;
        }
        DType type = real ?? Precision.Default;
        Shape shape = Shape.Broadcast(a.Shape, b.Shape, c.Shape);
        return Executor.Apply(default(Triple<TKernel>), new TensorSpec(shape, type), Prepare(a), Prepare(b), Prepare(c));

        Tensor Prepare(Tensor operand) => operand.To(type).BroadcastTo(shape).In(Layout.RowMajor);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs, output);
        }
        else
        {
            Run<double>(inputs, output);
        }
    }

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
        result.Count > ElementRange.Grain || Array.Exists(shapes.ToArray(), shape => shape.Count != result.Count)
            ? null
            : (typeof(Triple<TKernel>).GetMethod(nameof(Run))!, [(int)result.Count]);

    /// <summary>The kernel on plain memory.</summary>
    public static void Run(nint a, nint b, nint c, nint y, int count) =>
        TKernel.Invoke(PlainMemory.Read(a, count), PlainMemory.Read(b, count), PlainMemory.Read(c, count), PlainMemory.Write(y, count));

    public Triple<TKernel>? ForBatch(int count, int batch) => this;

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        TKernel.Pullback(inputs[0], inputs[1], inputs[2], upstream, input);

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Body<T> body = new(inputs[0], inputs[1], inputs[2], output);
        WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
    }

    private readonly struct Body<T>(Tensor a, Tensor b, Tensor c, Tensor y) : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, y.Count);
            TKernel.Invoke(a.Read<T>()[range], b.Read<T>()[range], c.Read<T>()[range], y.Write<T>()[range]);
        }
    }
}
