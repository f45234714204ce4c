using System.Numerics;

namespace Pyrite.Kernels;

/// <summary>Matrix products of Float32 and Float64.</summary>
/// <remarks>Operands may have any strides; the result is row-major with a row stride and must not overlap the operands.</remarks>
internal static unsafe class MatrixKernel
{
    /// <summary>C = A·B, or C += A·B, followed by the epilogue; A is m x k, B is k x n. Strides count elements.</summary>
    public static void Multiply<T>(
        int m, int n, int k,
        T* a, nint aRowStride, nint aColumnStride,
        T* b, nint bRowStride, nint bColumnStride,
        T* c, nint cRowStride,
        bool accumulate, in Epilogue<T> epilogue)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Plain(m, n, k, (float*)a, aRowStride, aColumnStride, (float*)b, bRowStride, bColumnStride, (float*)c, cRowStride, accumulate, new Epilogue<float>((float*)epilogue.Bias, epilogue.Relu, (float*)epilogue.Mask));
        }
        else
        {
            Plain(m, n, k, (double*)a, aRowStride, aColumnStride, (double*)b, bRowStride, bColumnStride, (double*)c, cRowStride, accumulate, new Epilogue<double>((double*)epilogue.Bias, epilogue.Relu, (double*)epilogue.Mask));
        }
    }

    /// <summary>The same product for every batch entry; batch strides count elements and may be zero for operands. Masks advance with C.</summary>
    public static void MultiplyBatch<T>(
        int batchCount, int m, int n, int k,
        T* a, nint aBatchStride, nint aRowStride, nint aColumnStride,
        T* b, nint bBatchStride, nint bRowStride, nint bColumnStride,
        T* c, nint cBatchStride, nint cRowStride,
        bool accumulate, in Epilogue<T> epilogue)
        where T : unmanaged
    {
        for (int i = 0; i < batchCount; i++)
        {
            Multiply(
                m, n, k, a + (i * aBatchStride), aRowStride, aColumnStride, b + (i * bBatchStride), bRowStride, bColumnStride,
                c + (i * cBatchStride), cRowStride, accumulate, epilogue.Advance(i * cBatchStride));
        }
    }

    private static void Plain<T>(
        int m, int n, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, nint bColumn, T* c, nint cRow, bool accumulate, Epilogue<T> epilogue)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = accumulate ? c[(i * cRow) + j] : T.Zero;
                for (int p = 0; p < k; p++)
                {
                    sum += a[(i * aRow) + (p * aColumn)] * b[(p * bRow) + (j * bColumn)];
                }
                sum += epilogue.Bias == null ? T.Zero : epilogue.Bias[j];
                sum = epilogue.Relu && sum < T.Zero ? T.Zero : sum;
                c[(i * cRow) + j] = epilogue.Mask != null && epilogue.Mask[(i * cRow) + j] <= T.Zero ? T.Zero : sum;
            }
        }
    }
}
