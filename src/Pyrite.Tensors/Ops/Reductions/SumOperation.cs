using System.Numerics;
using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Reductions;
using Pyrite.Kernels.Threads;

namespace Pyrite.Ops.Reductions;

/// <summary>One pass of a sum: [outer, reduced, inner] to [outer, inner], in an order that depends on these sizes alone.</summary>
internal readonly record struct SumOperation(int Outer, int Reduced, int Inner) : IBatchOperation<SumOperation>, IReduction
{
    /// <summary>A long sum is cut into this many parts, whatever the number of threads.</summary>
    private const int Parts = 16;

    private const int Grain = 32 * 1024;

    public string Name => "sum";

    public bool IsSum => true;

    /// <summary>The parts that one sum of so many elements is added from.</summary>
    public static int PartsOf(long elements) => elements > Grain ? Parts : 1;

    /// <summary>Whether long sums stay in one piece: the stretches of a batch are added as the whole batch would be.</summary>
    private bool IsWhole { get; init; }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType)
        {
            case DType.Float32:
                Run<float>(inputs[0], output);
                break;
            case DType.Float64:
                Run<double>(inputs[0], output);
                break;
            default:
                Run<long>(inputs[0], output);
                break;
        }
    }

    public SumOperation? ForBatch(int count, int batch) =>
        Outer > 1 && Outer % batch == 0 ? this with { Outer = Outer / batch * count, IsWhole = true } : null;

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        upstream.Reshape(Outer, 1, Inner).BroadcastTo([Outer, Reduced, Inner]).Reshape(inputs[0].Shape);

    public void Terms(ReadOnlySpan<Shape> shapes, ReadOnlySpan<long> indices, Shape result, Action<int, int, int> add)
    {
        for (int i = 0; i < Outer * Reduced * Inner; i++)
        {
            add((i / (Reduced * Inner) * Inner) + (i % Inner), 0, i);
        }
    }

    private void Run<T>(Tensor x, Tensor y) where T : unmanaged, INumber<T>
    {
        if (Outer == 1 && !IsWhole && (long)Reduced * Inner > Grain)
        {
            RunInParts<T>(x, y);
            return;
        }
        int group = Math.Max(1, Grain / Math.Max(1, Reduced * Inner));
        Body<T> body = new(this, group, x, y, null);
        int pieces = (Outer + group - 1) / group;
        WorkerPool.For(pieces, ref body);
    }

    /// <summary>A single long sum: parts of the reduced axis side by side, then the parts in order.</summary>
    private void RunInParts<T>(Tensor x, Tensor y) where T : unmanaged, INumber<T>
    {
        Tensor partial = Tensor.Allocate(new TensorSpec([Parts, Inner], x.DType));
        Body<T> body = new(this, 0, x, y, partial);
        WorkerPool.For(Parts, ref body);
        new Body<T>(new SumOperation(1, Parts, Inner), 1, partial, y, null).Run(0);
    }

    private readonly struct Body<T>(SumOperation sum, int group, Tensor x, Tensor y, Tensor? partial) : IParallelBody where T : unmanaged, INumber<T>
    {
        public void Run(int index)
        {
            if (partial is not null)
            {
                int length = (sum.Reduced + Parts - 1) / Parts;
                int start = Math.Min(sum.Reduced, index * length);
                int rows = Math.Min(length, sum.Reduced - start);
                SumOne(x.Read<T>().Slice(start * sum.Inner, rows * sum.Inner), rows, partial.Write<T>().Slice(index * sum.Inner, sum.Inner));
                return;
            }
            int block = sum.Reduced * sum.Inner;
            int end = Math.Min(sum.Outer, (index + 1) * group);
            for (int outer = index * group; outer < end; outer++)
            {
                SumOne(x.Read<T>().Slice(outer * block, block), sum.Reduced, y.Write<T>().Slice(outer * sum.Inner, sum.Inner));
            }
        }

        private static void SumOne(ReadOnlySpan<T> values, int rows, Span<T> target)
        {
            if (target.Length == 1)
            {
                target[0] = SumKernel.Sum(values);
                return;
            }
            const int Stack = 256;
            int needed = target.Length * SumKernel.ScratchRows(rows);
            Span<T> scratch = needed <= Stack ? stackalloc T[Stack] : new T[needed];
            SumKernel.SumRows(values, rows, target, scratch);
        }
    }
}
