using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pyrite.Kernels.Random;

/// <summary>Unbiased integers below a bound, and shuffles made of them.</summary>
/// <remarks>
/// Draw i is the upper half of the 128-bit product of the bound and the 64-bit draw i (Lemire 2019). Where the lower half is below
/// 2⁶⁴ mod bound the draw is rejected, and the words of block i under other keys (Key xor a constant plus the attempt) are tried instead.
/// </remarks>
internal static class IntegerKernel
{
    private const ulong RetryTag = 0xA0761D6478BD642F;
    private const int Chunk = 16 * RandomBlock.Length64;

    public static void Fill(RandomKey key, Span<long> destination, long exclusiveMax, long offset)
    {
        if (exclusiveMax < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(exclusiveMax), exclusiveMax,
                "Drawing integers below a bound: the bound must be at least 1.");
        }
        Span<ulong> words = MemoryMarshal.Cast<long, ulong>(destination);
        RandomFill.Run<Bits64Kernel, ulong>(key, words, offset);
        ulong bound = (ulong)exclusiveMax;
        ulong threshold = unchecked(0 - bound) % bound;
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Bounded(key, (ulong)(offset + i), words[i], bound, threshold);
        }
    }

    [SkipLocalsInit]
    public static void Permutation(RandomKey key, Span<int> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = i;
        }
        Span<ulong> words = stackalloc ulong[Chunk];
        for (int start = 0; start < destination.Length; start += Chunk)
        {
            int count = Math.Min(Chunk, destination.Length - start);
            RandomFill.Run<Bits64Kernel, ulong>(key, words[..count], start);
            for (int i = start; i < start + count; i++)
            {
                ulong bound = (ulong)i + 1;
                int j = (int)Bounded(key, (ulong)i, words[i - start], bound);
                (destination[i], destination[j]) = (destination[j], destination[i]);
            }
        }
    }

    private static ulong Bounded(RandomKey key, ulong index, ulong word, ulong bound)
    {
        ulong high = Math.BigMul(word, bound, out ulong low);
        return low >= bound ? high : Bounded(key, index, word, bound, unchecked(0 - bound) % bound);
    }

    private static ulong Bounded(RandomKey key, ulong index, ulong word, ulong bound, ulong threshold)
    {
        ulong high = Math.BigMul(word, bound, out ulong low);
        for (ulong attempt = 0; low < threshold; attempt++)
        {
            (word, _) = Philox.Block(key.Key ^ (RetryTag + attempt), key.Stream, index);
            high = Math.BigMul(word, bound, out low);
        }
        return high;
    }
}
