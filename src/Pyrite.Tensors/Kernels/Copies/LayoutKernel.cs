using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels.Copies;

/// <summary>Changes of memory layout.</summary>
internal static unsafe class LayoutKernel
{
    private const long ParallelElements = 1 << 16;

    /// <summary>Transposes every matrix of a batch: target[b][j][i] = source[b][i][j], for contiguous rows x columns matrices.</summary>
    /// <remarks>Channels-first to channels-last is rows = channels, columns = pixels; the way back is rows = pixels, columns = channels.</remarks>
    public static void Transpose<T>(int batch, int rows, int columns, T* source, T* target)
        where T : unmanaged
    {
        if ((long)batch * rows * columns == 0)
        {
            return;
        }

        // Long single matrices are split along their longer side, in pieces of whole blocks.
        int pieces = (long)rows * columns < ParallelElements ? 1 : (int)Math.Min(16, Math.Max(rows, columns) / 64L);
        pieces = Math.Max(pieces, 1);
        TransposeBody<T> body = new(rows, columns, pieces, source, target);
        if ((long)batch * rows * columns < ParallelElements)
        {
            for (int i = 0; i < batch * pieces; i++)
            {
                body.Run(i);
            }
            return;
        }
        WorkerPool.For(checked(batch * pieces), ref body);
    }

    // Small matrices often come from far memory: they are fetched in order first, because blocks defeat the prefetcher.
    private const int StagedBytes = 32 * 1024;

    private readonly struct TransposeBody<T>(int rows, int columns, int pieces, T* source, T* target) : IParallelBody
        where T : unmanaged
    {
        public void Run(int index)
        {
            nint matrix = (nint)(index / pieces) * rows * columns;
            if (pieces == 1 && (long)rows * columns * sizeof(T) <= StagedBytes)
            {
                RunStaged(source + matrix, target + matrix);
                return;
            }
            bool byRows = rows >= columns;
            int longer = Math.Max(rows, columns);
            int size = ((((longer + pieces - 1) / pieces) + 15) / 16) * 16;
            nint start = Math.Min((nint)(index % pieces) * size, longer);
            nint length = Math.Min(size, longer - start);
            if (byRows)
            {
                BlockTranspose.Run(length, columns, source + matrix + (start * columns), columns, target + matrix + start, rows);
            }
            else
            {
                BlockTranspose.Run(rows, length, source + matrix + start, columns, target + matrix + (start * rows), rows);
            }
        }

        private void RunStaged(T* from, T* to)
        {
            int count = rows * columns;
            using Scratch<T> near = Scratch<T>.Rent(count);
            new ReadOnlySpan<T>(from, count).CopyTo(new Span<T>(near.Pointer, count));
            BlockTranspose.Run(rows, columns, near.Pointer, columns, to, rows);
        }
    }
}
