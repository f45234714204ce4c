using System.Runtime.CompilerServices;

namespace Pyrite.Kernels;

/// <summary>Copies parts of operands into the layouts tiles read fastest.</summary>
internal static unsafe class MatrixPacking
{
    /// <summary>target[i·targetRow + j] = source[i·row + j·column]: a strided matrix becomes row-major.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(nint rows, nint columns, T* source, nint row, nint column, T* target, nint targetRow)
        where T : unmanaged
    {
        if (column == 1)
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

    /// <summary>Copies contiguous elements; short runs are the common case.</summary>
    public static void CopyRun<T>(T* source, T* target, nint count)
        where T : unmanaged
        => Buffer.MemoryCopy(source, target, count * sizeof(T), count * sizeof(T));
}
