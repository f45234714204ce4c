using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>The random bits that belong to an element by its number: Philox blocks whose counter is that number.</summary>
internal static class ElementBits
{
    /// <summary>128 bits per element: words 0 and 1, and words 2 and 3, of block i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Two(RandomKey key, Vector512<ulong> elements, out Vector512<ulong> bits0, out Vector512<ulong> bits1)
    {
        Philox.Words words = Philox.Eight(key.Key, key.Stream, elements);
        bits0 = RandomBlock.Join(words.Word0, words.Word1);
        bits1 = RandomBlock.Join(words.Word2, words.Word3);
    }

    /// <summary>256 bits per element: blocks 2i and 2i + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Four(
        RandomKey key, Vector512<ulong> elements, out Vector512<ulong> bits0, out Vector512<ulong> bits1, out Vector512<ulong> bits2,
            out Vector512<ulong> bits3)
    {
        Two(key, elements << 1, out bits0, out bits1);
        Two(key, (elements << 1) | Vector512<ulong>.One, out bits2, out bits3);
    }
}
