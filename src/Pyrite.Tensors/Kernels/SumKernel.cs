using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels;

/// <summary>Sums in an order that depends on the length alone: blocks of four vector lanes, blocks added pairwise.</summary>
/// <remarks>The error grows with the logarithm of the length (Higham, "The accuracy of floating point summation", 1993).</remarks>
internal static class SumKernel
{
    private const int Block = 1024;

    /// <summary>The sum of all values; 0 for none.</summary>
    public static T Sum<T>(ReadOnlySpan<T> values) where T : unmanaged, INumber<T>
    {
        if (values.Length <= Block)
        {
            return SumBlock(values);
        }
        int half = (values.Length + (2 * Block) - 1) / (2 * Block) * Block;
        return Sum(values[..half]) + Sum(values[half..]);
    }

    /// <summary>target[j] = Σ values[i, j] over rows of the target's length, added in blocks and then pairwise.</summary>
    public static void SumRows<T>(ReadOnlySpan<T> values, int rows, Span<T> target, Span<T> scratch) where T : unmanaged, INumber<T>
    {
        const int RowBlock = 64;
        int width = target.Length;
        target.Clear();
        if (rows <= RowBlock)
        {
            AddRows(values, rows, target);
            return;
        }
        Span<T> block = scratch[..width];
        for (int start = 0; start < rows; start += RowBlock)
        {
            block.Clear();
            int length = Math.Min(RowBlock, rows - start);
            AddRows(values.Slice(start * width, length * width), length, block);
            TensorPrimitives.Add(target, block, target);
        }
    }

    private static void AddRows<T>(ReadOnlySpan<T> values, int rows, Span<T> target) where T : unmanaged, INumber<T>
    {
        int width = target.Length;
        for (int row = 0; row < rows; row++)
        {
            TensorPrimitives.Add(target, values.Slice(row * width, width), target);
        }
    }

    private static T SumBlock<T>(ReadOnlySpan<T> values) where T : unmanaged, INumber<T>
    {
        T sum = T.Zero;
        int i = 0;
        if (Vector512<T>.IsSupported && values.Length >= Vector512<T>.Count)
        {
            ref T source = ref MemoryMarshal.GetReference(values);
            int width = Vector512<T>.Count;
            Vector512<T> s0 = default, s1 = default, s2 = default, s3 = default;
            for (; i <= values.Length - (4 * width); i += 4 * width)
            {
                s0 += Vector512.LoadUnsafe(ref source, (nuint)i);
                s1 += Vector512.LoadUnsafe(ref source, (nuint)(i + width));
                s2 += Vector512.LoadUnsafe(ref source, (nuint)(i + (2 * width)));
                s3 += Vector512.LoadUnsafe(ref source, (nuint)(i + (3 * width)));
            }
            for (; i <= values.Length - width; i += width)
            {
                s0 += Vector512.LoadUnsafe(ref source, (nuint)i);
            }
            Vector512<T> total = (s0 + s1) + (s2 + s3);
            for (int lane = 0; lane < width; lane++)
            {
                sum += total[lane];
            }
        }
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }
        return sum;
    }
}
