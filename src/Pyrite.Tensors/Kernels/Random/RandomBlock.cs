using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Which Philox words make which 32-bit and 64-bit draws: the layout behind every fill.</summary>
/// <remarks>
/// 32-bit draws come in groups of 64 from 16 blocks: draw i is word (i mod 64) / 16 of block 16 (i / 64) + i mod 16.
/// 64-bit draws come in groups of 16 from 8 blocks: draw i is words 2h (low half) and 2h + 1 (high half) of block
/// 8 (i / 16) + i mod 8, where h = (i mod 16) / 8. The layout is the same on every machine; it was chosen so that vectors need no shuffles.
/// </remarks>
internal static class RandomBlock
{
    public const int Length32 = 64;
    public const int Length64 = 16;

    private static readonly Vector512<ulong> Consecutive = Vector512.Create(0ul, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>The 64 draws of a 32-bit group, sixteen a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Draw32(RandomKey key, ulong group, out Vector512<uint> row0, out Vector512<uint> row1, out Vector512<uint> row2,
        out Vector512<uint> row3)
    {
        Vector512<ulong> even = Vector512.Create(group * 16) + (Consecutive << 1);
        Philox.Words a = Philox.Eight(key.Key, key.Stream, even);
        Philox.Words b = Philox.Eight(key.Key, key.Stream, even + Vector512<ulong>.One);
        row0 = Interleave(a.Word0, b.Word0);
        row1 = Interleave(a.Word1, b.Word1);
        row2 = Interleave(a.Word2, b.Word2);
        row3 = Interleave(a.Word3, b.Word3);
    }

    /// <summary>The 16 draws of a 64-bit group, eight a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Draw64(RandomKey key, ulong group, out Vector512<ulong> row0, out Vector512<ulong> row1)
    {
        Philox.Words words = Philox.Eight(key.Key, key.Stream, Vector512.Create(group * 8) + Consecutive);
        row0 = Join(words.Word0, words.Word1);
        row1 = Join(words.Word2, words.Word3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Interleave(Vector512<ulong> even, Vector512<ulong> odd) => Join(even, odd).AsUInt32();

    /// <summary>64-bit words from the low halves of lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Join(Vector512<ulong> low, Vector512<ulong> high) =>
        Vector512.ConditionalSelect(Vector512.Create((ulong)uint.MaxValue), low, high << 32);
}
