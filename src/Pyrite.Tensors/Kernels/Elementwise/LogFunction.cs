using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>log x = e log 2 + log(1 + f) with x = 2ᵉ (1 + f) and 1 + f between √½ and √2.</summary>
/// <remarks>log(1 + f) is f - f²/2 + f³ p(f) in Float32, and f - (f²/2 - s (f²/2 + s² g(s²))) with s = f / (2 + f) in Float64; p and g are minimax
/// fits of this project. Within 1 unit in the last place.</remarks>
internal readonly struct LogFunction : ISimdFunction
{
    private const float High32 = 0.693145752f, Low32 = 1.42860677e-6f, SmallestNormal32 = 1.17549435e-38f;
    private const double SmallestNormal64 = 2.2250738585072014e-308;

    /// <summary>log 2 in two parts; the first times a whole number of 11 bits is exact.</summary>
    public const double High64 = 0.6931471804855391, Low64 = 7.440617110012397e-11;

    public static bool IsShort => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V f = Split32(x, out V e);
        return Finish32(x, Sum32(f, e));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V f = Split64(x, out V e);
        return Finish64(x, Sum64(f, e));
    }

    /// <summary>f and e of a positive number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Split32<V>(V x, out V e) where V : unmanaged, ISimd<V, float>
    {
        V isTiny = V.Less(x, V.Of(SmallestNormal32));
        V f = SplitNormal32(V.Select(isTiny, x * V.Of(8388608f), x), out e);
        e -= isTiny & V.Of(23f);
        return f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SplitNormal32<V>(V x, out V e) where V : unmanaged, ISimd<V, float>
    {
        V bits = V.ShiftRight(V.SubtractBits(x, V.Of(0.707106769f)), 23);
        e = V.AddBits(bits, V.Of(SimdPowers.Shifter32)) - V.Of(SimdPowers.Shifter32);
        return V.SubtractBits(x, V.ShiftLeft(bits, 23)) - V.Of(1);
    }

    /// <inheritdoc cref="Split32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Split64<V>(V x, out V e) where V : unmanaged, ISimd<V, double>
    {
        V isTiny = V.Less(x, V.Of(SmallestNormal64));
        V f = SplitNormal64(V.Select(isTiny, x * V.Of(4503599627370496.0), x), out e);
        e -= isTiny & V.Of(52.0);
        return f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SplitNormal64<V>(V x, out V e) where V : unmanaged, ISimd<V, double>
    {
        V bits = V.ShiftRight(V.SubtractBits(x, V.Of(0.70710678118654757)), 52);
        e = V.AddBits(bits, V.Of(SimdPowers.Shifter64)) - V.Of(SimdPowers.Shifter64);
        return V.SubtractBits(x, V.ShiftLeft(bits, 52)) - V.Of(1);
    }

    /// <summary>e log 2 + log(1 + f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum32<V>(V f, V e) where V : unmanaged, ISimd<V, float>
    {
        // Even and odd powers apart: two chains of half the length.
        V square = f * f;
        V even = V.Of(-0.0786511749f).Horner(square, -0.13125357f).Horner(square, -0.166249663f).Horner(square, -0.250007957f).Horner(square, -0.5f);
        V odd = V.Of(0.128790542f).Horner(square, 0.141814485f).Horner(square, 0.200022802f).Horner(square, 0.333333164f);
        V small = V.MultiplyAdd(square, V.MultiplyAdd(f, odd, even), e * V.Of(Low32));
        return V.MultiplyAdd(e, V.Of(High32), f + small);
    }

    /// <inheritdoc cref="Sum32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum64<V>(V f, V e) where V : unmanaged, ISimd<V, double>
    {
        V s = f / (f + V.Of(2));
        V z = s * s;
        V g = Series64(z);
        V half = f * f * V.Of(0.5);
        V small = V.MultiplyAdd(s, V.MultiplyAdd(z, g, half), e * V.Of(Low64)) - half;
        return V.MultiplyAdd(e, V.Of(High64), f + small);
    }

    /// <summary>f - log(1 + f) for 1 + f between √½ and √2, relatively exact near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Loss64<V>(V f) where V : unmanaged, ISimd<V, double>
    {
        V s = f / (f + V.Of(2));
        V z = s * s;
        V half = f * f * V.Of(0.5);
        return half - (s * V.MultiplyAdd(z, Series64(z), half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Series64<V>(V z) where V : unmanaged, ISimd<V, double> =>
        V.Of(0.14791944066765603).Horner(z, 0.15314479212073012).Horner(z, 0.1818354617457437)
        .Horner(z, 0.22222198957736364).Horner(z, 0.2857142873816305).Horner(z, 0.3999999999943691).Horner(z, 0.6666666666666731);

    /// <summary>The logarithm where there is one; -∞ of 0, NaN below, NaN and ∞ as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Finish32<V>(V x, V y) where V : unmanaged, ISimd<V, float>
    {
        y = V.Select(V.Less(x, V.Of(float.PositiveInfinity)), y, x);
        y = V.Select(V.Less(x, V.Of(0)), V.Of(float.NaN), y);
        return V.Select(V.Equal(x, V.Of(0)), V.Of(float.NegativeInfinity), y);
    }

    /// <inheritdoc cref="Finish32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Finish64<V>(V x, V y) where V : unmanaged, ISimd<V, double>
    {
        y = V.Select(V.Less(x, V.Of(double.PositiveInfinity)), y, x);
        y = V.Select(V.Less(x, V.Of(0)), V.Of(double.NaN), y);
        return V.Select(V.Equal(x, V.Of(0)), V.Of(double.NegativeInfinity), y);
    }
}
