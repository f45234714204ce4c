using System.Runtime.InteropServices;

namespace Pyrite.Kernels;

/// <summary>Copies elements between two walks through memory: the one kernel of transposes, slices, concatenations and broadcasts.</summary>
/// <remarks>Strides count elements; a stride of 0 repeats, a negative one runs backwards.</remarks>
internal static class StridedCopy
{
    /// <summary>Copies sizes.Length nested loops' worth of elements of <paramref name="elementSize"/> bytes.</summary>
    public static void Run(ReadOnlySpan<byte> source, long sourceStart, ReadOnlySpan<int> sourceStrides, Span<byte> target, long targetStart, ReadOnlySpan<int> targetStrides, ReadOnlySpan<int> sizes, int elementSize)
    {
        switch (elementSize)
        {
            case 1:
                Run(source, (int)sourceStart, sourceStrides, target, (int)targetStart, targetStrides, sizes);
                break;
            case 4:
                Run(MemoryMarshal.Cast<byte, uint>(source), (int)sourceStart, sourceStrides, MemoryMarshal.Cast<byte, uint>(target), (int)targetStart, targetStrides, sizes);
                break;
            default:
                Run(MemoryMarshal.Cast<byte, ulong>(source), (int)sourceStart, sourceStrides, MemoryMarshal.Cast<byte, ulong>(target), (int)targetStart, targetStrides, sizes);
                break;
        }
    }

    private static void Run<T>(ReadOnlySpan<T> source, int from, ReadOnlySpan<int> sourceStrides, Span<T> target, int to, ReadOnlySpan<int> targetStrides, ReadOnlySpan<int> sizes)
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
