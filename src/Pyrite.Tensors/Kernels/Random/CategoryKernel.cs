using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Categories by inversion: how many of the running sums of the weights lie at or below a uniform share of the total.</summary>
/// <remarks>Categories of weight 0 are never drawn. Draw i uses the uniform number i of the key and row i mod (number of rows).</remarks>
internal static class CategoryKernel
{
    private const int Lanes = 8;
    private const int Tile = 256;

    /// <summary>Rows up to this length are compared as a whole; longer ones are bisected.</summary>
    private const int CountUpTo = 64;

    /// <summary>Writes the draws numbered <paramref name="offset"/>, <paramref name="offset"/> + 1, ….</summary>
    /// <param name="key">The source of uniform numbers.</param>
    /// <param name="sums">Rows of running sums.</param>
    /// <param name="size">The length of a row.</param>
    /// <param name="destination">What to write.</param>
    /// <param name="offset">The number of the first draw.</param>
    [SkipLocalsInit]
    public static void Fill(RandomKey key, ReadOnlySpan<double> sums, int size, Span<long> destination, long offset)
    {
        Span<double> uniforms = stackalloc double[Tile];
        Span<long> draws = stackalloc long[Tile];
        int rows = sums.Length / size;
        for (int start = 0; start < destination.Length; start += Tile)
        {
            int length = Math.Min(Tile, destination.Length - start);
            RandomFill.Run<Uniform64Kernel, double>(key, uniforms[..length], offset + start);
            if (rows == 1 && size <= CountUpTo)
            {
                CountForAll(sums, uniforms, draws);
                draws[..length].CopyTo(destination[start..]);
                continue;
            }
            int row = (int)((offset + start) % rows);
            for (int i = 0; i < length; i++)
            {
                destination[start + i] = Find(sums.Slice(row * size, size), uniforms[i]);
                row = row + 1 == rows ? 0 : row + 1;
            }
        }
    }

    /// <summary>Compares four vectors of targets at once with one running sum after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountForAll(ReadOnlySpan<double> row, Span<double> uniforms, Span<long> draws)
    {
        Vector512<double> total = Vector512.Create(row[^1]);
        for (int i = 0; i < Tile; i += 4 * Lanes)
        {
            Vector512<double> target0 = Vector512.LoadUnsafe(ref uniforms[i]) * total;
            Vector512<double> target1 = Vector512.LoadUnsafe(ref uniforms[i + Lanes]) * total;
            Vector512<double> target2 = Vector512.LoadUnsafe(ref uniforms[i + (2 * Lanes)]) * total;
            Vector512<double> target3 = Vector512.LoadUnsafe(ref uniforms[i + (3 * Lanes)]) * total;
            Vector512<long> count0 = Vector512<long>.Zero, count1 = count0, count2 = count0, count3 = count0;
            for (int k = 0; k < row.Length - 1; k++)
            {
                Vector512<double> sum = Vector512.Create(row[k]);
                count0 -= Vector512.LessThanOrEqual(sum, target0).AsInt64();
                count1 -= Vector512.LessThanOrEqual(sum, target1).AsInt64();
                count2 -= Vector512.LessThanOrEqual(sum, target2).AsInt64();
                count3 -= Vector512.LessThanOrEqual(sum, target3).AsInt64();
            }
            count0.StoreUnsafe(ref draws[i]);
            count1.StoreUnsafe(ref draws[i + Lanes]);
            count2.StoreUnsafe(ref draws[i + (2 * Lanes)]);
            count3.StoreUnsafe(ref draws[i + (3 * Lanes)]);
        }
    }

    private static int Find(ReadOnlySpan<double> row, double uniform)
    {
        double target = uniform * row[^1];
        ReadOnlySpan<double> sums = row[..^1];
        return sums.Length < CountUpTo ? CountAtMost(sums, target) : Bisect(sums, target);
    }

    private static int CountAtMost(ReadOnlySpan<double> sums, double target)
    {
        int count = 0;
        int k = 0;
        for (; k <= sums.Length - Lanes; k += Lanes)
        {
            ulong below = Vector512.LessThanOrEqual(Vector512.Create(sums.Slice(k, Lanes)), Vector512.Create(target)).ExtractMostSignificantBits();
            count += BitOperations.PopCount(below);
        }
        for (; k < sums.Length; k++)
        {
            count += sums[k] <= target ? 1 : 0;
        }
        return count;
    }

    /// <summary>The same count by bisection: running sums never decrease.</summary>
    private static int Bisect(ReadOnlySpan<double> sums, double target)
    {
        int low = 0;
        int high = sums.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sums[middle] <= target)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
