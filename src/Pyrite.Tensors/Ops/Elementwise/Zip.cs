using System.Numerics;
using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Threads;

namespace Pyrite.Ops.Elementwise;

/// <summary>Applies an element-wise function of two arguments that broadcast against each other.</summary>
internal readonly record struct Zip<TKernel> : IBatchOperation<Zip<TKernel>>, IElementwiseOperation, IAddressOperation, ISilencer
    where TKernel : struct, IBinaryKernel
{
    public string Name => TKernel.Name;

    public ElementwiseForm? Form => TKernel.Form;

    public Type? Kernel => typeof(TKernel);

    public bool Broadcasts => true;

    public int? EntryRank => null;   // silenced before it is summed over what was broadcast

    public bool Silences => typeof(TKernel) == typeof(NonzeroMaskKernel);

    /// <summary>The result for tensors of any types and shapes that broadcast.</summary>
    public static Tensor Of(Tensor a, Tensor b)
    {
        if (a.DType == b.DType && a.Shape == b.Shape && a.Layout == b.Layout && a.DType.IsFloatingPoint && !a.IsWeak && !b.IsWeak)
        {
            return Executor.Apply(default(Zip<TKernel>), new TensorSpec(a.Shape, a.DType, a.Layout), a, b);
        }
        return OfUnlike(a, b);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType)
        {
            case DType.Float32:
                Run<float>(inputs[0], inputs[1], output);
                break;
            case DType.Float64:
                Run<double>(inputs[0], inputs[1], output);
                break;
            default:
                RunIntegers(inputs[0], inputs[1], output);
                break;
        }
    }

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result)
    {
        bool isFlat = Array.TrueForAll(shapes.ToArray(), shape => shape.Count == 1 || shape.Count == result.Count);
        return isFlat && result.Count <= ElementRange.Grain
            ? (typeof(Zip<TKernel>).GetMethod(nameof(Run))!, [(int)shapes[0].Count, (int)shapes[1].Count])
            : null;
    }

    /// <summary>The kernel on plain memory.</summary>
    public static void Run(nint a, nint b, nint y, int countA, int countB)
    {
        ReadOnlySpan<double> left = PlainMemory.Read(a, countA), right = PlainMemory.Read(b, countB);
        Span<double> result = PlainMemory.Write(y, Math.Max(countA, countB));
        if (countA == countB)
        {
            TKernel.Invoke(left, right, result);
        }
        else if (countB == 1)
        {
            TKernel.Invoke(left, right[0], result);
        }
        else
        {
            TKernel.Invoke(left[0], right, result);
        }
    }

    public Zip<TKernel>? ForBatch(int count, int batch) => this;

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        Tensor? gradient = TKernel.Pullback(inputs[0], inputs[1], output, upstream, input);
        if (SilentZeros.IsOn && gradient is not null && MaySpoil(inputs, input))
        {
            gradient = SilentZeros.Keep(gradient, upstream, 0);
        }
        return gradient?.SumTo(inputs[input].Shape);
    }

    /// <summary>Whether the gradient for an upstream gradient of 0 may be something else than 0.</summary>
    private static bool MaySpoil(ReadOnlySpan<Tensor> inputs, int input) =>
        typeof(TKernel) != typeof(AddKernel) && typeof(TKernel) != typeof(NonzeroMaskKernel) && typeof(TKernel) != typeof(SubtractKernel)
        && (typeof(TKernel) != typeof(MultiplyKernel) || !SilentZeros.IsHarmless(inputs[1 - input]));

    // Apart from operands that are alike, which need no locals with an address.
    private static Tensor OfUnlike(Tensor a, Tensor b)
    {
        if (a.IsWeak && b.IsWeak)
        {
            Span<double> value = [a.WeakValue];
            TKernel.Invoke<double>(value, b.WeakValue, value);
            return value[0];
        }
        (a, b) = Operands.Align(TKernel.Name, a, b, TKernel.KeepsIntegers);
        Shape shape = Operands.Broadcast(TKernel.Name, a, b);
        Layout layout = Operands.CommonLayout(ref a, ref b, shape);
        return Executor.Apply(default(Zip<TKernel>), new TensorSpec(shape, a.DType, layout), a, b);
    }

    private static void Run<T>(Tensor a, Tensor b, Tensor y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = y.Count;
        if (count == 0)
        {
            return;
        }
        if (a.Layout == Layout.RowMajor && b.Layout == Layout.RowMajor && a.Shape != b.Shape && a.Count > 1 && b.Count > 1)
        {
            RunBroadcast<T>(a, b, y, count);
            return;
        }
        if (count <= ElementRange.Grain && a.Count == count && b.Count == count)
        {
            TKernel.Invoke(a.Read<T>(), b.Read<T>(), y.Write<T>());
            return;
        }
        FlatBody<T> body = new(a, b, y);
        if (count <= ElementRange.Grain)
        {
            body.Run(0);
            return;
        }
        WorkerPool.For(ElementRange.Chunks(count), ref body);
    }

    private static void RunBroadcast<T>(Tensor a, Tensor b, Tensor y, int count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        BroadcastLoop loop = new(a.Shape, b.Shape, y.Shape);
        int rows = Math.Max(1, ElementRange.Grain / loop.Inner);
        RowBody<T> body = new(loop, rows, a, b, y);
        int pieces = (loop.Outer + rows - 1) / rows;
        if (count <= ElementRange.Grain || pieces == 1)
        {
            for (int piece = 0; piece < pieces; piece++)
            {
                body.Run(piece);
            }
            return;
        }
        WorkerPool.For(pieces, ref body);
    }

    private static void RunIntegers(Tensor a, Tensor b, Tensor y)
    {
        ReadOnlySpan<long> left = a.Read<long>();
        ReadOnlySpan<long> right = b.Read<long>();
        Span<long> result = y.Write<long>();
        if (result.Length == 0)
        {
            return;
        }
        BroadcastLoop loop = new(a.Shape, b.Shape, y.Shape);
        for (int outer = 0; outer < loop.Outer; outer++)
        {
            (int offsetA, int offsetB) = loop.Offsets(outer);
            for (int i = 0; i < loop.Inner; i++)
            {
                result[(outer * loop.Inner) + i] = TKernel.Invoke(left[offsetA + (i * loop.InnerA)], right[offsetB + (i * loop.InnerB)]);
            }
        }
    }

    /// <summary>Operands of the same shape and layout, or one of them a single number.</summary>
    private readonly struct FlatBody<T>(Tensor a, Tensor b, Tensor y) : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, y.Count);
            Span<T> result = y.Write<T>()[range];
            ReadOnlySpan<T> left = a.Read<T>();
            ReadOnlySpan<T> right = b.Read<T>();
            if (left.Length == y.Count && right.Length == y.Count)
            {
                TKernel.Invoke(left[range], right[range], result);
            }
            else if (right.Length == 1)
            {
                TKernel.Invoke(left[range], right[0], result);
            }
            else
            {
                TKernel.Invoke(left[0], right[range], result);
            }
        }
    }

    private readonly struct RowBody<T>(BroadcastLoop loop, int rows, Tensor a, Tensor b, Tensor y) : IParallelBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int index)
        {
            ReadOnlySpan<T> left = a.Read<T>();
            ReadOnlySpan<T> right = b.Read<T>();
            Span<T> result = y.Write<T>();
            int end = Math.Min(loop.Outer, (index + 1) * rows);
            for (int outer = index * rows; outer < end; outer++)
            {
                (int offsetA, int offsetB) = loop.Offsets(outer);
                Span<T> row = result.Slice(outer * loop.Inner, loop.Inner);
                if (loop.InnerA == 0 && loop.InnerB == 0)
                {
                    Span<T> single = row[..1];
                    TKernel.Invoke(left.Slice(offsetA, 1), right[offsetB], single);
                    row.Fill(single[0]);
                }
                else if (loop.InnerB == 0)
                {
                    TKernel.Invoke(left.Slice(offsetA, loop.Inner), right[offsetB], row);
                }
                else if (loop.InnerA == 0)
                {
                    TKernel.Invoke(left[offsetA], right.Slice(offsetB, loop.Inner), row);
                }
                else
                {
                    TKernel.Invoke(left.Slice(offsetA, loop.Inner), right.Slice(offsetB, loop.Inner), row);
                }
            }
        }
    }
}
