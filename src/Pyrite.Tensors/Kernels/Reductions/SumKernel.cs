using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Reductions;

/// <summary>Sums in an order that depends on the length alone: blocks of four vector lanes, blocks added pairwise.</summary>
/// <remarks>The error grows with the logarithm of the length (Higham, "The accuracy of floating point summation", 1993).</remarks>
internal static class SumKernel
{
    /// <summary>Elements that are added in vector lanes; sums of blocks are added pairwise.</summary>
    public const int Block = 1024;

    private const int RowBlock = 64;

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

    /// <summary>The sum of <paramref name="length"/> values, given the sums of their blocks: the bits of <see cref="Sum{T}"/>.</summary>
    public static T SumBlocks<T>(ReadOnlySpan<T> blocks, int length) where T : unmanaged, INumber<T>
    {
        if (length <= Block)
        {
            return length == 0 ? T.Zero : blocks[0];
        }
        int half = (length + (2 * Block) - 1) / (2 * Block);
        return SumBlocks(blocks[..half], half * Block) + SumBlocks(blocks[half..], length - (half * Block));
    }

    /// <summary>The sums of blocks from the partial sums of their lanes, <paramref name="width"/> each (those of 512 bits), to the bits of
    /// <see cref="Sum{T}"/>.</summary>
    public static void AddLanes<T>(ReadOnlySpan<T> lanes, int width, Span<T> sums) where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = Fold(Vector512.Create(lanes.Slice(i * width, width)));
        }
    }

    /// <summary>target[j] = Σ values[i, j] over rows of the target's length, added in blocks and then pairwise.</summary>
    /// <param name="values">Row-major, rows x width.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="target">The sums.</param>
    /// <param name="scratch">At least <see cref="ScratchRows"/>(rows) rows.</param>
    public static void SumRows<T>(ReadOnlySpan<T> values, int rows, Span<T> target, Span<T> scratch) where T : unmanaged, INumber<T>
    {
        int width = target.Length;
        if (rows <= RowBlock)
        {
            target.Clear();
            AddRows(values, rows, target);
            return;
        }
        int half = (rows + (2 * RowBlock) - 1) / (2 * RowBlock) * RowBlock;
        SumRows(values[..(half * width)], half, target, scratch);
        Span<T> second = scratch[..width];
        SumRows(values[(half * width)..], rows - half, second, scratch[width..]);
        TensorPrimitives.Add(target, second, target);
    }

    /// <summary>Rows of scratch that <see cref="SumRows{T}"/> needs.</summary>
    public static int ScratchRows(int rows)
    {
        int depth = 0;
        for (; rows > RowBlock; rows = (rows + (2 * RowBlock) - 1) / (2 * RowBlock) * RowBlock)
        {
            depth++;
        }
        return depth;
    }

    private static void AddRows<T>(ReadOnlySpan<T> values, int rows, Span<T> target) where T : unmanaged, INumber<T>
    {
        int width = target.Length;
        for (int row = 0; row < rows; row++)
        {
            TensorPrimitives.Add(target, values.Slice(row * width, width), target);
        }
    }

    /// <summary>The sum of the lanes: halves added to each other, then one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Fold<T>(Vector512<T> total) where T : unmanaged, INumber<T>
    {
        Vector256<T> half = total.GetLower() + total.GetUpper();
        Vector128<T> quarter = half.GetLower() + half.GetUpper();
        T sum = T.Zero;
        for (int lane = 0; lane < Vector128<T>.Count; lane++)
        {
            sum += quarter[lane];
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
            sum = Fold((s0 + s1) + (s2 + s3));
        }
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }
        return sum;
    }
}
