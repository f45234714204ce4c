using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels.Products;

/// <summary>Products cut into blocks of the result, spread over threads; each block packs what it reads, so that threads share operands
/// only.</summary>
/// <remarks>
/// The sum is cut into equal chunks of at most 1,536 bytes of a row, added one after the other; within a chunk
/// terms are added in order. Nothing else about the blocking touches the order of summation.
/// </remarks>
internal static unsafe class BlockedProduct
{
    /// <summary>Multiply-adds from which a product is worth waking other threads.</summary>
    public const long ParallelWork = 400_000;

    /// <summary>Computes the product.</summary>
    public static void Run<T>(in Product<T> p)
        where T : unmanaged
    {
        int threads = p.Work >= ParallelWork ? WorkerPool.ThreadCount : 1;
        if (threads == 1)
        {
            new ProductBlock<T>(p, 0, p.M, 0, p.N).Run();
            return;
        }
        Body<T> body = new(p, new ProductGrid<T>(p.M, p.N, p.K, threads));
        WorkerPool.For(body.Count, ref body);
    }

    private readonly struct Body<T>(Product<T> product, ProductGrid<T> grid) : IParallelBody
        where T : unmanaged
    {
        public int Count => grid.Count;

        public void Run(int index)
        {
            (int firstRow, int endRow, int firstColumn, int endColumn) = grid.Block(index);
            new ProductBlock<T>(product, firstRow, endRow, firstColumn, endColumn).Run();
        }
    }
}
