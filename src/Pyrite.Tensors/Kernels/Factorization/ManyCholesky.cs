using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Factorization;

/// <summary>Cholesky factors of many small matrices at once, one matrix a vector lane.</summary>
internal static unsafe class ManyCholesky
{
    /// <summary>The largest size.</summary>
    public const int MaxSize = 16;

    private const int MaxEntries = MaxSize * (MaxSize + 1) / 2;

    /// <summary>Factors as many consecutive row-major n x n matrices as a vector has lanes; false if one of them is not positive definite.</summary>
    [SkipLocalsInit]
    public static bool TryFactor<T>(int n, T* source, T* target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count;
        int size = n * n;
        Vector512<T>* entries = stackalloc Vector512<T>[MaxEntries];
        T* numbers = (T*)entries;
        for (int lane = 0; lane < lanes; lane++)
        {
            T* place = numbers + lane;
            for (int i = 0; i < n; i++)
            {
                T* row = source + (lane * size) + (i * n);
                for (int j = 0; j <= i; j++, place += lanes)
                {
                    *place = row[j];
                }
            }
        }
        if (!Eliminate(n, entries))
        {
            return false;
        }
        for (int lane = 0; lane < lanes; lane++)
        {
            T* place = numbers + lane;
            for (int i = 0; i < n; i++)
            {
                T* row = target + (lane * size) + (i * n);
                for (int j = 0; j <= i; j++, place += lanes)
                {
                    row[j] = *place;
                }
                for (int j = i + 1; j < n; j++)
                {
                    row[j] = T.Zero;
                }
            }
        }
        return true;
    }

    private static bool Eliminate<T>(int n, Vector512<T>* entries)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> largest = Vector512.Create(T.PositiveInfinity);
        for (int j = 0; j < n; j++)
        {
            Vector512<T>* pivotRow = entries + (j * (j + 1) / 2);
            Vector512<T> pivot = pivotRow[j];
            for (int k = 0; k < j; k++)
            {
                pivot -= pivotRow[k] * pivotRow[k];
            }
            if (!Vector512.GreaterThanAll(pivot, Vector512<T>.Zero) || !Vector512.LessThanAll(pivot, largest))
            {
                return false;
            }
            Vector512<T> root = Vector512.Sqrt(pivot);
            Vector512<T> inverse = Vector512<T>.One / root;
            pivotRow[j] = root;
            for (int i = j + 1; i < n; i++)
            {
                Vector512<T>* row = entries + (i * (i + 1) / 2);
                Vector512<T> sum = row[j];
                for (int k = 0; k < j; k++)
                {
                    sum -= row[k] * pivotRow[k];
                }
                row[j] = sum * inverse;
            }
        }
        return true;
    }
}
