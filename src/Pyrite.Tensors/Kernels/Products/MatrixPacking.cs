using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Copies;

namespace Pyrite.Kernels.Products;

/// <summary>Copies parts of operands into the layouts tiles read fastest.</summary>
internal static unsafe class MatrixPacking
{
    private const int LongestVectors = 256;

    /// <summary>target[i·targetRow + j] = source[i·row + j·column]: a strided matrix becomes row-major.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(nint rows, nint columns, T* source, nint row, nint column, T* target, nint targetRow)
        where T : unmanaged
    {
        if (column == 1 && targetRow * sizeof(T) <= LongestVectors)
        {
            CopyRows(rows, columns, source, row, target, targetRow);
        }
        else if (column == 1)
        {
            for (nint i = 0; i < rows; i++)
            {
                CopyRun(source + (i * row), target + (i * targetRow), columns);
            }
        }
        else if (row == 1)
        {
            BlockTranspose.Run(columns, rows, source, column, target, targetRow);
        }
        else
        {
            for (nint i = 0; i < rows; i++)
            {
                for (nint j = 0; j < columns; j++)
                {
                    target[(i * targetRow) + j] = source[(i * row) + (j * column)];
                }
            }
        }
    }

    // Short rows, by whole vectors: what is read beyond a row's end lies in the next rows, and falls between the rows of the target.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows<T>(nint rows, nint columns, T* source, nint row, T* target, nint targetRow)
        where T : unmanaged
    {
        nint vectors = (columns + Vector512<T>.Count - 1) / Vector512<T>.Count;
        nint read = vectors * Vector512<T>.Count;
        nint whole = read > targetRow ? 0 : row <= 0 ? (read == columns ? rows : 0) : Math.Max(rows - ((read - columns + row - 1) / row), 0);
        T* from = source;
        T* to = target;
        if (vectors == 2)
        {
            // The width of most panels.
            for (nint i = 0; i < whole; i++, from += row, to += targetRow)
            {
                Vector512<T> first = Vector512.Load(from);
                Vector512<T> second = Vector512.Load(from + Vector512<T>.Count);
                first.Store(to);
                second.Store(to + Vector512<T>.Count);
            }
        }
        else
        {
            for (nint i = 0; i < whole; i++, from += row, to += targetRow)
            {
                for (nint j = 0; j < read; j += Vector512<T>.Count)
                {
                    Vector512.Load(from + j).Store(to + j);
                }
            }
        }
        for (nint i = whole; i < rows; i++)
        {
            CopyRun(source + (i * row), target + (i * targetRow), columns);
        }
    }

    /// <summary>Copies contiguous elements; short runs are the common case.</summary>
    public static void CopyRun<T>(T* source, T* target, nint count)
        where T : unmanaged
        => Buffer.MemoryCopy(source, target, count * sizeof(T), count * sizeof(T));
}
