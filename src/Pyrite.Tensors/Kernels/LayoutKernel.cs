namespace Pyrite.Kernels;

/// <summary>Changes of memory layout.</summary>
internal static unsafe class LayoutKernel
{
    /// <summary>Transposes every matrix of a batch: target[b][j][i] = source[b][i][j], for contiguous rows x columns matrices.</summary>
    /// <remarks>Channels-first to channels-last is rows = channels, columns = pixels; the way back is rows = pixels, columns = channels.</remarks>
    public static void Transpose<T>(int batch, int rows, int columns, T* source, T* target)
        where T : unmanaged
    {
        for (nint b = 0; b < batch; b++)
        {
            for (nint i = 0; i < rows; i++)
            {
                for (nint j = 0; j < columns; j++)
                {
                    target[(((b * columns) + j) * rows) + i] = source[(((b * rows) + i) * columns) + j];
                }
            }
        }
    }
}
