using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels.Products;

/// <summary>Matrix products of Float32 and Float64.</summary>
/// <remarks>
/// Operands may have any strides; the result is row-major with a row stride and must not overlap the operands. Every element is summed
/// in an order that depends on m, n and k alone, so neither threads nor strides change a bit, except that a product with a single row
/// or column also looks at the strides.
/// </remarks>
internal static unsafe class MatrixKernel
{
    private const long SmallWork = 48 * 48 * 48;

    /// <summary>C = A·B, or C += A·B, followed by the epilogue; A is m x k, B is k x n. Strides count elements.</summary>
    public static void Multiply<T>(
        int m, int n, int k,
        T* a, nint aRowStride, nint aColumnStride,
        T* b, nint bRowStride, nint bColumnStride,
        T* c, nint cRowStride,
        bool accumulate, in Epilogue<T> epilogue)
        where T : unmanaged
    {
        if (m <= 0 || n <= 0)
        {
            return;
        }
        Product<T> product =
            new(m, n, Math.Max(k, 0), a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, accumulate, epilogue);
        if ((m == 1 || n == 1) && VectorProduct.TryRun(product))
        {
            return;
        }
        if (NarrowProduct.Applies(product))
        {
            NarrowProduct.Run(product);
        }
        else if (product.Work <= SmallWork)
        {
            SmallProduct.Run(product);
        }
        else if (SplitProduct.Applies(product))
        {
            SplitProduct.Run(product);
        }
        else
        {
            BlockedProduct.Run(product);
        }
    }

    /// <summary>The same product for every batch entry; batch strides count elements and may be zero for operands. Masks advance with C.</summary>
    /// <remarks>The results of different entries must not overlap.</remarks>
    public static void MultiplyBatch<T>(
        int batchCount, int m, int n, int k,
        T* a, nint aBatchStride, nint aRowStride, nint aColumnStride,
        T* b, nint bBatchStride, nint bRowStride, nint bColumnStride,
        T* c, nint cBatchStride, nint cRowStride,
        bool accumulate, in Epilogue<T> epilogue)
        where T : unmanaged
    {
        bool oneTallProduct = batchCount > 1 && bBatchStride == 0 && aBatchStride == m * aRowStride && cBatchStride == m * cRowStride;
        if (oneTallProduct && (long)batchCount * m <= int.MaxValue)
        {
            Multiply(batchCount * m, n, k, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, accumulate, epilogue);
            return;
        }
        BatchBody<T> body = new(
            new Product<T>(m, n, k, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, accumulate, epilogue),
            aBatchStride, bBatchStride, cBatchStride, batchCount);
        long work = (long)m * n * k;
        if (batchCount >= WorkerPool.ThreadCount && work * batchCount >= BlockedProduct.ParallelWork)
        {
            WorkerPool.For(body.Pieces, ref body);
            return;
        }
        for (int i = 0; i < body.Pieces; i++)
        {
            body.Run(i);
        }
    }

    private readonly struct BatchBody<T>(Product<T> first, nint aBatch, nint bBatch, nint cBatch, int count) : IParallelBody
        where T : unmanaged
    {
        // Entries of little work are taken several at a time.
        private readonly int _perPiece = (int)Math.Clamp(BlockedProduct.ParallelWork / 4 / Math.Max(first.Work, 1), 1, Math.Max(count / 64, 1));

        public int Pieces => (count + _perPiece - 1) / _perPiece;

        public void Run(int index)
        {
            int end = Math.Min((index + 1) * _perPiece, count);
            for (nint i = (nint)index * _perPiece; i < end; i++)
            {
                Multiply(
                    first.M, first.N, first.K, first.A + (i * aBatch), first.ARow, first.AColumn, first.B + (i * bBatch), first.BRow, first.BColumn,
                    first.C + (i * cBatch), first.CRow, first.Accumulate, first.Epilogue.Advance(i * cBatch));
            }
        }
    }
}
