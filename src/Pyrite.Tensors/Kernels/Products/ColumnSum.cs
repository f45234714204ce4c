using System.Numerics;
using Pyrite.Kernels.Memory;

namespace Pyrite.Kernels.Products;

/// <summary>Sums the rows of a contiguous matrix in an order fixed by its shape.</summary>
internal static unsafe class ColumnSum
{
    private const int FullColumns = 64;

    /// <summary>result[j] = Σ matrix[i, j] over the rows.</summary>
    public static void Run<T>(nint rows, int columns, T* matrix, T* result)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Sum(rows, columns, (float*)matrix, (float*)result);
        }
        else
        {
            Sum(rows, columns, (double*)matrix, (double*)result);
        }
    }

    private static void Sum<T>(nint rows, int columns, T* matrix, T* result)
        where T : unmanaged, INumber<T>
    {
        if (columns == 0)
        {
            return;
        }

        // Narrow matrices are read as wider ones, several rows to a row, whose columns are added up at the end.
        int fold = Math.Max(FullColumns / columns, 1);
        nint wideRows = rows / fold;
        int wideColumns = fold * columns;
        using Scratch<T> sums = Scratch<T>.Rent(wideColumns);
        T one = T.One;
        MatrixKernel.Multiply(1, wideColumns, checked((int)wideRows), &one, 0, 0, matrix, wideColumns, 1, sums.Pointer, wideColumns, false, default);
        for (int j = 0; j < columns; j++)
        {
            T sum = sums.Pointer[j];
            for (int f = 1; f < fold; f++)
            {
                sum += sums.Pointer[(f * columns) + j];
            }
            for (nint i = wideRows * fold; i < rows; i++)
            {
                sum += matrix[(i * columns) + j];
            }
            result[j] = sum;
        }
    }
}
