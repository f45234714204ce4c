using System.Runtime.CompilerServices;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite;

/// <summary>Functions of vectors, to write further ones with: the very functions that tensors are computed by.</summary>
/// <remarks>Within 2 units in the last place of either precision; arguments outside of a domain give NaN.</remarks>
public static class SimdMath
{
    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : unmanaged, ISimd<V> => Of<ExpFunction, V>(x);

    /// <summary>eˣ - 1, exact for small x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1<V>(V x) where V : unmanaged, ISimd<V> => Of<Expm1Function, V>(x);

    /// <summary>The natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : unmanaged, ISimd<V> => Of<LogFunction, V>(x);

    /// <summary>log(1 + x), exact for small x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V>(V x) where V : unmanaged, ISimd<V> => Of<Log1pFunction, V>(x);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : unmanaged, ISimd<V> => Of<SigmoidFunction, V>(x);

    /// <summary>log(1 + eˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x) where V : unmanaged, ISimd<V> => Of<SoftplusFunction, V>(x);

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : unmanaged, ISimd<V> => Of<TanhFunction, V>(x);

    /// <summary>The sine of an angle in radians.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V>(V x) where V : unmanaged, ISimd<V> => Of<SinFunction, V>(x);

    /// <summary>The cosine of an angle in radians.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V>(V x) where V : unmanaged, ISimd<V> => Of<CosFunction, V>(x);

    // Which vector it is the compiler knows, and keeps one of the lines.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Of<TFunction, V>(V x)
        where TFunction : struct, ISimdFunction
        where V : unmanaged, ISimd<V>
    {
        if (typeof(V) == typeof(Simd512<float>))
        {
            return Unsafe.BitCast<Simd512<float>, V>(TFunction.Single(Unsafe.BitCast<V, Simd512<float>>(x)));
        }
        if (typeof(V) == typeof(Simd512<double>))
        {
            return Unsafe.BitCast<Simd512<double>, V>(TFunction.Double(Unsafe.BitCast<V, Simd512<double>>(x)));
        }
        if (typeof(V) == typeof(Simd256<float>))
        {
            return Unsafe.BitCast<Simd256<float>, V>(TFunction.Single(Unsafe.BitCast<V, Simd256<float>>(x)));
        }
        if (typeof(V) == typeof(Simd256<double>))
        {
            return Unsafe.BitCast<Simd256<double>, V>(TFunction.Double(Unsafe.BitCast<V, Simd256<double>>(x)));
        }
        return typeof(V) == typeof(Simd128<float>)
            ? Unsafe.BitCast<Simd128<float>, V>(TFunction.Single(Unsafe.BitCast<V, Simd128<float>>(x)))
            : Unsafe.BitCast<Simd128<double>, V>(TFunction.Double(Unsafe.BitCast<V, Simd128<double>>(x)));
    }
}
