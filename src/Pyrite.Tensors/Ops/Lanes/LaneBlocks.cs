using System.Buffers;
using Pyrite.Kernels.Threads;

namespace Pyrite.Ops.Lanes;

/// <summary>Runs a function over the lanes of [outer, lane, inner] blocks, on all threads.</summary>
internal static class LaneBlocks
{
    /// <summary>Elements that one thread takes at a time.</summary>
    public const int Grain = 16 * 1024;

    /// <summary>A function of one lane.</summary>
    public delegate void LaneFunction<TIn, TOut>(ReadOnlySpan<TIn> lane, Span<TOut> result);

    /// <summary>x brought to [outer, lane, inner], where the lane holds the named axes (all where none are named).</summary>
    public static Tensor Of(Tensor x, ReadOnlySpan<int> axes)
    {
        bool[] chosen = ReductionPlan.Axes(x.Shape, axes);
        int first = Array.IndexOf(chosen, true);
        int last = Array.LastIndexOf(chosen, true);
        if (first < 0)
        {
            return x.Reshape(checked((int)x.Shape.Count), 1, 1);
        }
        if (Array.IndexOf(chosen, false, first, last - first + 1) < 0)
        {
            return x.Reshape(Size(x.Shape[..first]), Size(x.Shape[first..(last + 1)]), Size(x.Shape[(last + 1)..]));
        }
        List<int> order = [];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int axis = 0; axis < chosen.Length; axis++)
            {
                if (chosen[axis] == (pass == 1))
                {
                    order.Add(axis);
                }
            }
        }
        int kept = Array.FindAll(chosen, flag => !flag).Length;
        Tensor moved = x.Permute(order.ToArray());
        return moved.Reshape(Size(moved.Shape[..kept]), Size(moved.Shape[kept..]), 1);
    }

    /// <summary>Fills y, whose lanes may have another length, from x.</summary>
    public static void Run<TIn, TOut>(Tensor x, Tensor y, LaneFunction<TIn, TOut> function)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        if (y.Count == 0)
        {
            return;
        }
        int lanes = x.Shape[0] * x.Shape[2];
        int group = Math.Max(1, Grain / x.Shape[1]);
        Body<TIn, TOut> body = new(x, y, function, lanes, group);
        WorkerPool.For((lanes + group - 1) / group, ref body);
    }

    private static int Size(Shape shape) => checked((int)shape.Count);

    private readonly struct Body<TIn, TOut>(Tensor x, Tensor y, LaneFunction<TIn, TOut> function, int lanes, int group) : IParallelBody
        where TIn : unmanaged
        where TOut : unmanaged
    {
        public void Run(int index)
        {
            ReadOnlySpan<TIn> source = x.Read<TIn>();
            Span<TOut> target = y.Write<TOut>();
            (int length, int inner, int results) = (x.Shape[1], x.Shape[2], y.Shape[1]);
            int end = Math.Min(lanes, (index + 1) * group);
            if (inner == 1)
            {
                for (int lane = index * group; lane < end; lane++)
                {
                    function(source.Slice(lane * length, length), target.Slice(lane * results, results));
                }
                return;
            }
            TIn[] gathered = ArrayPool<TIn>.Shared.Rent(length);
            TOut[] computed = ArrayPool<TOut>.Shared.Rent(results);
            for (int lane = index * group; lane < end; lane++)
            {
                (int outer, int column) = Math.DivRem(lane, inner);
                for (int i = 0; i < length; i++)
                {
                    gathered[i] = source[(((outer * length) + i) * inner) + column];
                }
                function(gathered.AsSpan(0, length), computed.AsSpan(0, results));
                for (int i = 0; i < results; i++)
                {
                    target[(((outer * results) + i) * inner) + column] = computed[i];
                }
            }
            ArrayPool<TIn>.Shared.Return(gathered);
            ArrayPool<TOut>.Shared.Return(computed);
        }
    }
}
