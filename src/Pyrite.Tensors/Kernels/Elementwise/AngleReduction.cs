using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>Sine and cosine from an angle less its nearest multiple of a right angle.</summary>
/// <remarks>The right angle is subtracted in parts with so few bits that their multiples are exact (Cody and Waite, 1980). The polynomials are
/// Chebyshev fits of this project. Within 2 units in the last place below the limits; beyond, the caller takes another way.</remarks>
internal static class AngleReduction
{
    /// <summary>Largest Float32 angle.</summary>
    public const float Limit32 = 8192;

    /// <summary>Largest Float64 angle.</summary>
    public const double Limit64 = 524288;

    /// <summary>sin(x + turns · π/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sine32<V>(V x, float turns) where V : unmanaged, ISimd<V, float>
    {
        V shifter = V.Of(SimdPowers.Shifter32);
        V shifted = V.MultiplyAdd(x, V.Of(0.636619747f), shifter);
        V n = shifted - shifter;
        V r = V.MultiplyAdd(n, V.Of(-7.54953362e-8f), V.MultiplyAdd(n, V.Of(-0.000483751297f), V.MultiplyAdd(n, V.Of(-1.5703125f), x)));
        r = V.MultiplyAdd(n, V.Of(-2.56334407e-12f), r);
        V quarter = shifted + V.Of(turns);
        V z = r * r;
        V sine = V.MultiplyAdd(r * z, V.Of(-0.000195878267f).Horner(z, 0.00833274797f).Horner(z, -0.166666642f), r);
        V cosine =
            V.MultiplyAdd(z * z, V.Of(2.45478786e-5f).Horner(z, -0.00138883025f).Horner(z, 0.0416666642f), V.MultiplyAdd(z, V.Of(-0.5f), V.Of(1)));
        V isOdd = V.ShiftRight(V.ShiftLeft(quarter, 31), 31);
        return V.Select(isOdd, cosine, sine) ^ (V.ShiftLeft(quarter, 30) & V.Of(-0f));
    }

    /// <inheritdoc cref="Sine32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sine64<V>(V x, double turns) where V : unmanaged, ISimd<V, double>
    {
        V shifter = V.Of(SimdPowers.Shifter64);
        V shifted = V.MultiplyAdd(x, V.Of(0.63661977236758138), shifter);
        V n = shifted - shifter;
        V r =
            V.MultiplyAdd(n, V.Of(-2.0222662487111665e-21),
            V.MultiplyAdd(n, V.Of(-6.077100506303966e-11), V.MultiplyAdd(n, V.Of(-1.5707963267341256), x)));
        r = V.MultiplyAdd(n, V.Of(-8.4784276603689e-32), r);
        V quarter = shifted + V.Of(turns);
        V z = r * r;
        V sine = V.Of(1.5918093561437795e-10).Horner(z, -2.5051131348960252e-08).Horner(z, 2.755731610017207e-06).Horner(z, -0.00019841269836753985)
            .Horner(z, 0.008333333333330946).Horner(z, -0.16666666666666666);
        V cosine = V.Of(-1.1382610070998325e-11).Horner(z, 2.087614595808494e-09).Horner(z, -2.755731727024068e-07).Horner(z, 2.4801587298762816e-05)
            .Horner(z, -0.0013888888888887395).Horner(z, 0.041666666666666664);
        sine = V.MultiplyAdd(r * z, sine, r);
        V half = z * V.Of(0.5);
        V lead = V.Of(1) - half;
        cosine = lead + V.MultiplyAdd(z * z, cosine, (V.Of(1) - lead) - half);
        V isOdd = V.ShiftRight(V.ShiftLeft(quarter, 63), 63);
        return V.Select(isOdd, cosine, sine) ^ (V.ShiftLeft(quarter, 62) & V.Of(-0d));
    }
}
