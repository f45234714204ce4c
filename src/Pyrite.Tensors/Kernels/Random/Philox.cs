using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pyrite.Kernels.Random;

/// <summary>Philox4x32 with ten rounds: a keyed bijection on 128-bit counters whose outputs look random.</summary>
/// <remarks>
/// Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The counter is (block, stream), both
/// 64 bits, low word first; the four output words are numbered as in the paper. <see cref="Eight"/> runs eight blocks at once,
/// a block in each 64-bit lane: a 32 x 32 → 64 bit product then needs no shuffles, and what stands above bit 31 of a word is never read.
/// </remarks>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The four output words of one block, packed low word first into (words 0 and 1, words 2 and 3).</summary>
    public static (ulong Low, ulong High) Block(ulong key, ulong stream, ulong block)
    {
        uint c0 = (uint)block, c1 = (uint)(block >> 32), c2 = (uint)stream, c3 = (uint)(stream >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ k0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ k1;
            c3 = (uint)product0;
            k0 += KeyStep0;
            k1 += KeyStep1;
        }
        return (c0 | ((ulong)c1 << 32), c2 | ((ulong)c3 << 32));
    }

    /// <summary>The output words of the eight blocks in the lanes of <paramref name="blocks"/>; only the low half of a lane is meaningful.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Eight(ulong key, ulong stream, Vector512<ulong> blocks)
    {
        Vector512<ulong> multiplier0 = Vector512.Create((ulong)Multiplier0), multiplier1 = Vector512.Create((ulong)Multiplier1);
        Vector512<ulong> c0 = blocks, c1 = blocks >>> 32;
        Vector512<ulong> c2 = Vector512.Create(stream), c3 = Vector512.Create(stream >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            Vector512<ulong> product0 = MultiplyLow(c0, multiplier0);
            Vector512<ulong> product1 = MultiplyLow(c2, multiplier1);
            c0 = (product1 >>> 32) ^ c1 ^ Vector512.Create((ulong)k0);
            c1 = product1;
            c2 = (product0 >>> 32) ^ c3 ^ Vector512.Create((ulong)k1);
            c3 = product0;
            k0 += KeyStep0;
            k1 += KeyStep1;
        }
        return new Words(c0, c1, c2, c3);
    }

    /// <summary>Per 64-bit lane the whole product of the low 32 bits of both factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyLow(Vector512<ulong> left, Vector512<ulong> right) =>
        Avx512F.IsSupported
            ? Avx512F.Multiply(left.AsUInt32(), right.AsUInt32())
            : Vector512.Create(MultiplyLow(left.GetLower(), right.GetLower()), MultiplyLow(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyLow(Vector256<ulong> left, Vector256<ulong> right) =>
        Avx2.IsSupported
            ? Avx2.Multiply(left.AsUInt32(), right.AsUInt32())
            : Vector256.Create(MultiplyLow(left.GetLower(), right.GetLower()), MultiplyLow(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyLow(Vector128<ulong> left, Vector128<ulong> right)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.Multiply(left.AsUInt32(), right.AsUInt32());
        }
        if (AdvSimd.IsSupported)
        {
            return AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(left), AdvSimd.ExtractNarrowingLower(right));
        }
        Vector128<ulong> low = Vector128.Create((ulong)uint.MaxValue);
        return (left & low) * (right & low);
    }

    /// <summary>Words 0 to 3 of eight blocks.</summary>
    public readonly struct Words(Vector512<ulong> word0, Vector512<ulong> word1, Vector512<ulong> word2, Vector512<ulong> word3)
    {
        public readonly Vector512<ulong> Word0 = word0;
        public readonly Vector512<ulong> Word1 = word1;
        public readonly Vector512<ulong> Word2 = word2;
        public readonly Vector512<ulong> Word3 = word3;
    }
}
