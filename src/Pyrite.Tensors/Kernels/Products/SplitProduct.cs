using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels.Products;

/// <summary>Products with a small result and a long sum: the sum is cut into lanes, added in a fixed order.</summary>
internal static unsafe class SplitProduct
{
    private const int MaxResult = 32 * 32;
    private const int TermsPerLane = 1024;
    private const int MaxLanes = 8;

    /// <summary>Whether the shape calls for lanes; it alone decides.</summary>
    public static bool Applies<T>(in Product<T> p)
        where T : unmanaged
        => (long)p.M * p.N <= MaxResult && p.K >= 2 * TermsPerLane;

    /// <summary>Computes the lanes, in parallel, and adds them.</summary>
    public static void Run<T>(in Product<T> p)
        where T : unmanaged
    {
        int lanes = Math.Min(p.K / TermsPerLane, MaxLanes) & ~1;
        nint size = (nint)p.M * p.N;
        using Scratch<T> partial = Scratch<T>.Rent(lanes * size);
        LaneBody<T> body = new(p, lanes, partial.Pointer);
        WorkerPool.For(lanes, ref body);
        LaneSum.Fold(lanes, size, partial.Pointer, size);
        ResultFinish.Run(p.M, p.N, partial.Pointer, p.N, 1, p.C, p.CRow, 1, p.Accumulate, p.Epilogue);
    }

    private readonly struct LaneBody<T>(Product<T> p, int lanes, T* partial) : IParallelBody
        where T : unmanaged
    {
        public void Run(int index)
        {
            int first = (int)((long)p.K * index / lanes);
            int count = (int)((long)p.K * (index + 1) / lanes) - first;
            BlockedProduct.Run(p.Terms(first, count, partial + ((nint)index * p.M * p.N)));
        }
    }
}
