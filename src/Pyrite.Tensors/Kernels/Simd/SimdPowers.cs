using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Simd;

/// <summary>Whole numbers and powers of two in lanes of reals.</summary>
/// <remarks>Adding a number with no bits below the unit rounds to the nearest whole number and leaves it in the last bits of the pattern.</remarks>
internal static class SimdPowers
{
    /// <summary>1.5 · 2²³.</summary>
    public const float Shifter32 = 12582912f;

    /// <summary>1.5 · 2⁵².</summary>
    public const double Shifter64 = 6755399441055744.0;

    /// <summary>x·2ⁿ in two steps, of which at most the second rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scale<V, T>(V x, V n)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V shifter = V.Of(typeof(T) == typeof(float) ? T.CreateTruncating(Shifter32) : T.CreateTruncating(Shifter64));
        V half = V.MultiplyAdd(n, V.Of(T.CreateTruncating(0.5)), shifter) - shifter;
        return x * PowerOfTwo<V, T>(half + shifter) * PowerOfTwo<V, T>((n - half) + shifter);
    }

    /// <summary>x·2ⁿ for x between 1/2 and 2: where all results are normal, n goes into the exponents by one addition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ScaleNearOne<V, T>(V x, V n)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V limit = V.Of(T.CreateTruncating(typeof(T) == typeof(float) ? 126 : 1022));
        V shifter = V.Of(typeof(T) == typeof(float) ? T.CreateTruncating(Shifter32) : T.CreateTruncating(Shifter64));
        return V.All(V.Less(V.Abs(n), limit))
            ? V.AddBits(x, V.ShiftLeft(n + shifter, typeof(T) == typeof(float) ? 23 : 52))
            : Scale<V, T>(x, n);
    }

    /// <summary>2ⁿ from n plus the shifter, for exponents of normal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfTwo<V, T>(V shifted)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => V.AddBits(V.ShiftLeft(shifted, typeof(T) == typeof(float) ? 23 : 52), V.Of(T.One));
}
