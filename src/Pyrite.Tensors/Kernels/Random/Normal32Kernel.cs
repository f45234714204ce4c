using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Standard normal Float32 draws by Box and Muller's transform, sixteen pairs at once.</summary>
/// <remarks>
/// Box, Muller: "A note on the generation of random normal deviates", 1958. Draws 16 apart in a group make a pair
/// r cos θ, r sin θ: the first 32-bit draw gives r = √(-2 ln u) with u in [2⁻³², 1 - 2⁻²⁴], so that 3.4e-4 ≤ r ≤ 6.66,
/// the second gives θ: two bits choose the quadrant and thirty the place in it. Only operations that IEEE 754 rounds exactly
/// (fused multiply-add, square root) are used, so the bits are the same on every machine. The polynomials are minimax fits
/// (Remez) of this project; a draw is within 4 units in the last place of its exact value, on average within 1.
/// </remarks>
internal readonly struct Normal32Kernel : IRandomKernel<float>
{
    public const float LogTwo = 0.693147182f;
    public const float Log0 = 0.333333164f, Log1 = -0.250007957f, Log2 = 0.200022802f, Log3 = -0.166249663f;
    public const float Log4 = 0.141814485f, Log5 = -0.13125357f, Log6 = 0.128790542f, Log7 = -0.0786511749f;
    public const float Sin0 = 1.57079637f, Sin1 = -0.64596349f, Sin2 = 0.079680033f, Sin3 = -0.00460165786f;
    public const float Cos1 = -1.23370051f, Cos2 = 0.253669173f, Cos3 = -0.0208599363f, Cos4 = 0.00090336299f;
    public const int LargestRadiusBits = 0x7FFFFF80;
    public const int SqrtHalfBits = 0x3F3504F3;

    public static int GroupLength => RandomBlock.Length32;

    public static void FillGroups(RandomKey key, ulong firstGroup, Span<float> destination)
    {
        ref float target = ref MemoryMarshal.GetReference(destination);
        for (int i = 0; i < destination.Length; i += RandomBlock.Length32)
        {
            RandomBlock.Draw32(key, firstGroup++, out Vector512<uint> row0, out Vector512<uint> row1, out Vector512<uint> row2,
                out Vector512<uint> row3);
            Pair(row0, row1, out Vector512<float> first, out Vector512<float> second);
            first.StoreUnsafe(ref target, (nuint)i);
            second.StoreUnsafe(ref target, (nuint)i + 16);
            Pair(row2, row3, out first, out second);
            first.StoreUnsafe(ref target, (nuint)i + 32);
            second.StoreUnsafe(ref target, (nuint)i + 48);
        }
    }

    /// <summary>r cos θ and r sin θ, in either order and with either sign, from the bits of r and of θ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair(Vector512<uint> radiusBits, Vector512<uint> angleBits, out Vector512<float> first, out Vector512<float> second)
    {
        Vector512<uint> sign = (angleBits << 1) & Vector512.Create(0x80000000u);
        Vector512<float> radius = (Radius(radiusBits).AsUInt32() ^ sign).AsSingle();
        Vector512<float> t = Vector512.ConvertToSingle(((angleBits << 2) | Vector512.Create(2u)).AsInt32()) * Vector512.Create(1f / 4294967296f);
        Vector512<float> square = t * t;
        Vector512<float> sine = t * Sine(square);
        Vector512<float> cosine = Cosine(square);
        Vector512<float> swap = (angleBits.AsInt32() >> 31).AsSingle();
        first = radius * Vector512.ConditionalSelect(swap, sine, cosine);
        second = radius * Vector512.ConditionalSelect(swap, cosine, sine);
    }

    /// <summary>√(-2 ln u) with u = (k + ½) 2⁻³¹, k the upper 31 bits, kept below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Radius(Vector512<uint> bits)
    {
        Vector512<int> k = Vector512.Min((bits >>> 1).AsInt32(), Vector512.Create(LargestRadiusBits));
        Vector512<float> u = (Vector512.ConvertToSingle(k) + Vector512.Create(0.5f)) * Vector512.Create(1f / 2147483648f);
        Vector512<int> exponent = (u.AsInt32() - Vector512.Create(SqrtHalfBits)) >> 23;
        Vector512<float> f = (u.AsInt32() - (exponent << 23)).AsSingle() - Vector512<float>.One;
        Vector512<float> p = Step(Step(Step(Step(Vector512.Create(Log7), f, Log6), f, Log5), f, Log4), f, Log3);
        p = Step(Step(Step(Step(p, f, Log2), f, Log1), f, Log0), f, -0.5f);
        Vector512<float> logMantissa = Vector512.FusedMultiplyAdd(f * f, p, f);
        Vector512<float> log = Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(exponent), Vector512.Create(LogTwo), logMantissa);
        return Vector512.Sqrt(log * Vector512.Create(-2f));
    }

    /// <summary>sin(π t / 2) / t from t², |t| ≤ ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sine(Vector512<float> square) =>
        Step(Step(Step(Vector512.Create(Sin3), square, Sin2), square, Sin1), square, Sin0);

    /// <summary>cos(π t / 2) from t², |t| ≤ ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Cosine(Vector512<float> square) =>
        Step(Step(Step(Step(Vector512.Create(Cos4), square, Cos3), square, Cos2), square, Cos1), square, 1f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Step(Vector512<float> sum, Vector512<float> x, float next) =>
        Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(next));
}
