using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>eˣ = 2ⁿ eʳ with n the whole number nearest to x / log 2, and 1 + r + r² q(r) for eʳ.</summary>
/// <remarks>q is a Chebyshev fit of this project; log 2 is subtracted in two parts, the first with so few bits that its multiples are exact
/// (Cody and Waite, "Software manual for the elementary functions", 1980). Within 1 unit in the last place; results below the normal range are
/// rounded once.</remarks>
internal readonly struct ExpFunction : ISimdFunction
{
    private const float Inverse32 = 1.44269504f, High32 = 0.693145752f, Low32 = 1.42860677e-6f;
    private const double Inverse64 = 1.4426950408889634, High64 = 0.6931471804855391, Low64 = 7.440617110012397e-11;

    public static bool IsShort => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V tail = Reduce32(x, -104, 89, out V n);
        return V.ScaleNearOne(V.Of(1) + tail, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V tail = Reduce64(x, -746, 710, out V n);
        return V.ScaleNearOne(V.Of(1) + tail, n);
    }

    /// <summary>eˣ - 1 for x between 0 and 80, with errors of units in the last place of 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1OfPositive32<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V tail = Rest32(x, out V n);
        V power = V.AddBits(V.Of(1), Exponent32(n));
        return V.MultiplyAdd(power, tail, power - V.Of(1));
    }

    /// <summary>eʳ - 1 and n, for x between limits beyond which nothing changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reduce32<V>(V x, float least, float most, out V n) where V : unmanaged, ISimd<V, float> =>
        Rest32(V.Larger(V.Of(least), V.Smaller(V.Of(most), x)), out n);

    /// <summary>n as what is added to the bits of a number to multiply it by 2ⁿ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exponent32<V>(V n) where V : unmanaged, ISimd<V, float> => V.ShiftLeft(n + V.Of(SimdPowers.Shifter32), 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rest32<V>(V x, out V n) where V : unmanaged, ISimd<V, float>
    {
        V shifter = V.Of(SimdPowers.Shifter32);
        n = V.MultiplyAdd(x, V.Of(Inverse32), shifter) - shifter;
        V r = V.MultiplyAdd(n, V.Of(-Low32), V.MultiplyAdd(n, V.Of(-High32), x));
        return Tail32(r);
    }

    /// <summary>eʳ - 1 for r of at most half of log 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tail32<V>(V r) where V : unmanaged, ISimd<V, float>
    {
        V q = V.Of(0.00139263924f).Horner(r, 0.00836334564f).Horner(r, 0.0416665524f).Horner(r, 0.166665763f).Horner(r, 0.5f);
        return V.MultiplyAdd(r * r, q, r);
    }

    /// <inheritdoc cref="Reduce32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reduce64<V>(V x, double least, double most, out V n) where V : unmanaged, ISimd<V, double>
    {
        x = V.Larger(V.Of(least), V.Smaller(V.Of(most), x));
        V shifter = V.Of(SimdPowers.Shifter64);
        n = V.MultiplyAdd(x, V.Of(Inverse64), shifter) - shifter;
        V r = V.MultiplyAdd(n, V.Of(-Low64), V.MultiplyAdd(n, V.Of(-High64), x));
        return Tail64(r);
    }

    /// <inheritdoc cref="Tail32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tail64<V>(V r) where V : unmanaged, ISimd<V, double>
    {
        V q = V.Of(2.510065503606659e-08).Horner(r, 2.762043894863442e-07).Horner(r, 2.755726789174553e-06).Horner(r, 2.480152055701783e-05)
            .Horner(r, 0.0001984126986342035).Horner(r, 0.0013888888917690603).Horner(r, 0.008333333333329989).Horner(r, 0.04166666666662317)
            .Horner(r, 0.16666666666666669).Horner(r, 0.5000000000000001);
        return V.MultiplyAdd(r * r, q, r);
    }
}
