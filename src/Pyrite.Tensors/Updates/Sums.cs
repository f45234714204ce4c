using System.Numerics;
using System.Runtime.CompilerServices;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Threads;
using Pyrite.Kernels.Updates;

namespace Pyrite.Updates;

/// <summary>Adds one stretch of memory to another, element by element, on all threads.</summary>
internal static class Sums
{
    private const int PieceLength = 16 * 1024;

    /// <summary>Adds numbers of a type.</summary>
    /// <param name="type">Float32 or Float64.</param>
    /// <param name="sum">What is added to.</param>
    /// <param name="term">What is added.</param>
    /// <param name="offset">Where the numbers stand in both, in bytes.</param>
    /// <param name="count">How many numbers.</param>
    public static void Add(DType type, Storage sum, Storage term, int offset, int count)
    {
        int pieces = (count + PieceLength - 1) / PieceLength;
        if (type == DType.Float32)
        {
            Body<float> body = new(sum, term, offset, count);
            WorkerPool.For(pieces, ref body);
        }
        else
        {
            Body<double> body = new(sum, term, offset, count);
            WorkerPool.For(pieces, ref body);
        }
    }

    private readonly struct Body<T>(Storage sum, Storage term, int offset, int count) : IParallelBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int index)
        {
            int start = index * PieceLength, length = Math.Min(PieceLength, count - start);
            int place = offset + (start * DTypeProperties.Of<T>().ByteSize);
            UpdateLoop.Run(default(Rule), sum.Span<T>(place, length), term.Span<T>(place, length), [], [], []);
        }
    }

    private readonly struct Rule : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V> => lanes.Parameter += lanes.Gradient;
    }
}
