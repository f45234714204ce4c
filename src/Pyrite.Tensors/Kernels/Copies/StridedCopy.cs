using System.Runtime.InteropServices;

namespace Pyrite.Kernels.Copies;

/// <summary>Copies elements between two walks through memory: the one kernel of transposes, slices, concatenations and broadcasts.</summary>
/// <remarks>Strides count elements; a stride of 0 repeats, a negative one runs backwards.</remarks>
internal static class StridedCopy
{
    /// <summary>Copies sizes.Length nested loops' worth of elements of <paramref name="elementSize"/> bytes.</summary>
    public static void Run(ReadOnlySpan<byte> source, long sourceStart, ReadOnlySpan<int> sourceStrides, Span<byte> target, long targetStart,
        ReadOnlySpan<int> targetStrides, ReadOnlySpan<int> sizes, int elementSize)
    {
        Span<int> merged = stackalloc int[3 * sizes.Length];
        int rank = Merge(sourceStrides, targetStrides, sizes, merged);
        ReadOnlySpan<int> reading = merged[..rank];
        ReadOnlySpan<int> writing = merged.Slice(sizes.Length, rank);
        ReadOnlySpan<int> counts = merged.Slice(2 * sizes.Length, rank);
        switch (elementSize)
        {
            case 1:
                Run(source, (int)sourceStart, reading, target, (int)targetStart, writing, counts);
                break;
            case 4:
                Run(MemoryMarshal.Cast<byte, uint>(source), (int)sourceStart, reading, MemoryMarshal.Cast<byte, uint>(target), (int)targetStart,
                    writing, counts);
                break;
            default:
                Run(MemoryMarshal.Cast<byte, ulong>(source), (int)sourceStart, reading, MemoryMarshal.Cast<byte, ulong>(target), (int)targetStart,
                    writing, counts);
                break;
        }
    }

    /// <summary>Leaves axes of size 1 out and joins neighbours that both walks run through without a gap.</summary>
    private static int Merge(ReadOnlySpan<int> sourceStrides, ReadOnlySpan<int> targetStrides, ReadOnlySpan<int> sizes, Span<int> merged)
    {
        int room = sizes.Length;
        int rank = 0;
        for (int axis = 0; axis < room; axis++)
        {
            int size = sizes[axis];
            if (size == 1)
            {
                continue;
            }
            int last = rank - 1;
            if (rank > 0 && merged[last] == sourceStrides[axis] * size && merged[room + last] == targetStrides[axis] * size)
            {
                merged[(2 * room) + last] *= size;
            }
            else
            {
                last = rank++;
                merged[(2 * room) + last] = size;
            }
            merged[last] = sourceStrides[axis];
            merged[room + last] = targetStrides[axis];
        }
        return rank;
    }

    private static void Run<T>(ReadOnlySpan<T> source, int from, ReadOnlySpan<int> sourceStrides, Span<T> target, int to,
        ReadOnlySpan<int> targetStrides, ReadOnlySpan<int> sizes)
        where T : unmanaged
    {
        if (sizes.Length == 0)
        {
            target[to] = source[from];
            return;
        }
        int size = sizes[0];
        int sourceStride = sourceStrides[0];
        int targetStride = targetStrides[0];
        if (sizes.Length > 1)
        {
            for (int i = 0; i < size; i++)
            {
                Run(source, from + (i * sourceStride), sourceStrides[1..], target, to + (i * targetStride), targetStrides[1..], sizes[1..]);
            }
        }
        else if (targetStride == 1 && sourceStride == 1)
        {
            source.Slice(from, size).CopyTo(target[to..]);
        }
        else if (targetStride == 1 && sourceStride == 0)
        {
            if (size > 0)
            {
                target.Slice(to, size).Fill(source[from]);
            }
        }
        else
        {
            for (int i = 0; i < size; i++)
            {
                target[to] = source[from];
                from += sourceStride;
                to += targetStride;
            }
        }
    }
}
