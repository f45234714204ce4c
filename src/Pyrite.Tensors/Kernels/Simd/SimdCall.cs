using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Simd;

/// <summary>What emitted code calls to apply a function to vectors in registers; the calls are inlined.</summary>
internal static class SimdCall
{
    /// <summary>The method that applies a function to vectors of <paramref name="width"/> bytes.</summary>
    /// <param name="function">An <see cref="ISimdFunction"/>, <see cref="ISimdPairFunction"/> or <see cref="ISimdTripleFunction"/>.</param>
    /// <param name="operands">Its arguments.</param>
    /// <param name="element">Float or double.</param>
    /// <param name="width">64, 32 or 16.</param>
    public static MethodInfo Of(Type function, int operands, Type element, int width)
    {
        (Type lanes, Type vector) = width switch
        {
            64 => (typeof(Simd512<>), typeof(Vector512<>)),
            32 => (typeof(Simd256<>), typeof(Vector256<>)),
            _ => (typeof(Simd128<>), typeof(Vector128<>)),
        };
        string name = element == typeof(float) ? nameof(Single) : nameof(Double);
        return Array.Find(typeof(SimdCall).GetMethods(), method => method.Name == name && method.GetParameters().Length == operands)!
            .MakeGenericMethod(function, lanes.MakeGenericType(element), vector.MakeGenericType(element));
    }

    /// <summary>A function of Float32 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Single<TFunction, V, TVector>(TVector x)
        where TFunction : struct, ISimdFunction
        where V : unmanaged, ISimd<V, float>
        where TVector : struct =>
        Unsafe.BitCast<V, TVector>(TFunction.Single(Unsafe.BitCast<TVector, V>(x)));

    /// <summary>A function of Float64 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Double<TFunction, V, TVector>(TVector x)
        where TFunction : struct, ISimdFunction
        where V : unmanaged, ISimd<V, double>
        where TVector : struct =>
        Unsafe.BitCast<V, TVector>(TFunction.Double(Unsafe.BitCast<TVector, V>(x)));

    /// <summary>A function of pairs of Float32 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Single<TFunction, V, TVector>(TVector a, TVector b)
        where TFunction : struct, ISimdPairFunction
        where V : unmanaged, ISimd<V, float>
        where TVector : struct =>
        Unsafe.BitCast<V, TVector>(TFunction.Single(Unsafe.BitCast<TVector, V>(a), Unsafe.BitCast<TVector, V>(b)));

    /// <summary>A function of pairs of Float64 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Double<TFunction, V, TVector>(TVector a, TVector b)
        where TFunction : struct, ISimdPairFunction
        where V : unmanaged, ISimd<V, double>
        where TVector : struct =>
        Unsafe.BitCast<V, TVector>(TFunction.Double(Unsafe.BitCast<TVector, V>(a), Unsafe.BitCast<TVector, V>(b)));

    /// <summary>A function of triples of Float64 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Double<TFunction, V, TVector>(TVector a, TVector b, TVector c)
        where TFunction : struct, ISimdTripleFunction
        where V : unmanaged, ISimd<V, double>
        where TVector : struct => Unsafe.BitCast<V, TVector>(
            TFunction.Double(Unsafe.BitCast<TVector, V>(a), Unsafe.BitCast<TVector, V>(b), Unsafe.BitCast<TVector, V>(c)));
}
