using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Natural logarithms of eight positive normal Float64 numbers, with the same bits on every machine.</summary>
/// <remarks>
/// Only operations that IEEE 754 rounds exactly are used. The argument is 2ᵉ (1 + f) with 1 + f from √½ to √2, and
/// ln(1 + f) = f - (f²/2 - s (f²/2 + s² G(s²))) with s = f / (2 + f), G being a minimax fit (Remez) of this project.
/// </remarks>
internal static class PortableLogarithm
{
    public const double LogTwo = 0.6931471805599453;
    public const double Log0 = 0.6666666666666731, Log1 = 0.3999999999943691, Log2 = 0.2857142873816305, Log3 = 0.22222198957736364;
    public const double Log4 = 0.1818354617457437, Log5 = 0.15314479212073012, Log6 = 0.14791944066765603;
    public const long SqrtHalfBits = 0x3FE6A09E667F3BCD;

    /// <summary>ln u; without meaning where u is not a positive normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> u)
    {
        Vector512<long> exponent = Exponent(u);
        return Combine(exponent, Fraction(u, exponent));
    }

    /// <summary>ln(1 + t), relatively exact for small t; without meaning where 1 + t is not positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> OfOnePlus(Vector512<double> t)
    {
        Vector512<double> u = Vector512<double>.One + t;
        Vector512<long> exponent = Exponent(u);
        Vector512<double> isNearOne = Vector512.Equals(exponent, Vector512<long>.Zero).AsDouble();
        return Combine(exponent, Vector512.ConditionalSelect(isNearOne, t, Fraction(u, exponent)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Exponent(Vector512<double> u) => (u.AsInt64() - Vector512.Create(SqrtHalfBits)) >> 52;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Fraction(Vector512<double> u, Vector512<long> exponent) =>
        (u.AsInt64() - (exponent << 52)).AsDouble() - Vector512<double>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Combine(Vector512<long> exponent, Vector512<double> f)
    {
        Vector512<double> s = f / (f + Vector512.Create(2.0));
        Vector512<double> z = s * s;
        Vector512<double> p = Step(Step(Step(Vector512.Create(Log6), z, Log5), z, Log4), z, Log3);
        p = Step(Step(Step(p, z, Log2), z, Log1), z, Log0);
        Vector512<double> half = f * f * Vector512.Create(0.5);
        Vector512<double> logMantissa = f - (half - s * Vector512.FusedMultiplyAdd(z, p, half));
        return Vector512.FusedMultiplyAdd(Vector512.ConvertToDouble(exponent), Vector512.Create(LogTwo), logMantissa);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Step(Vector512<double> sum, Vector512<double> x, double next) =>
        Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(next));
}
