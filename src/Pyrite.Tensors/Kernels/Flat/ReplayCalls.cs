using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels;

/// <summary>What the code of recorded functions calls, beside <see cref="FlatCalls"/>.</summary>
internal static unsafe class ReplayCalls
{
    /// <summary>The number of arguments of a function of vectors.</summary>
    public static int Operands(Type function) =>
        typeof(ISimdTripleFunction).IsAssignableFrom(function) ? 3 : typeof(ISimdPairFunction).IsAssignableFrom(function) ? 2 : 1;

    /// <summary>The method that applies a function to vectors of so many bytes.</summary>
    public static MethodInfo Apply(Type function, int operands, int width) =>
        Array.Find(typeof(ReplayCalls).GetMethods(), method => method.Name == $"Apply{8 * width}" && method.GetParameters().Length == operands)!
            .MakeGenericMethod(function);

    /// <summary>A function of vectors of 512 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Apply512<TFunction>(Vector512<double> x) where TFunction : struct, ISimdFunction =>
        Unsafe.BitCast<Simd512<double>, Vector512<double>>(TFunction.Double(new Simd512<double>(x)));

    /// <summary>A function of pairs of vectors of 512 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Apply512<TFunction>(Vector512<double> a, Vector512<double> b) where TFunction : struct, ISimdPairFunction =>
        Unsafe.BitCast<Simd512<double>, Vector512<double>>(TFunction.Double(new Simd512<double>(a), new Simd512<double>(b)));

    /// <summary>A function of vectors of 256 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Apply256<TFunction>(Vector256<double> x) where TFunction : struct, ISimdFunction =>
        Unsafe.BitCast<Simd256<double>, Vector256<double>>(TFunction.Double(new Simd256<double>(x)));

    /// <summary>A function of pairs of vectors of 256 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Apply256<TFunction>(Vector256<double> a, Vector256<double> b) where TFunction : struct, ISimdPairFunction =>
        Unsafe.BitCast<Simd256<double>, Vector256<double>>(TFunction.Double(new Simd256<double>(a), new Simd256<double>(b)));

    /// <summary>A function of vectors of 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Apply128<TFunction>(Vector128<double> x) where TFunction : struct, ISimdFunction =>
        Unsafe.BitCast<Simd128<double>, Vector128<double>>(TFunction.Double(new Simd128<double>(x)));

    /// <summary>A function of pairs of vectors of 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Apply128<TFunction>(Vector128<double> a, Vector128<double> b) where TFunction : struct, ISimdPairFunction =>
        Unsafe.BitCast<Simd128<double>, Vector128<double>>(TFunction.Double(new Simd128<double>(a), new Simd128<double>(b)));

    /// <summary>A function of triples of vectors of 512 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Apply512<TFunction>(Vector512<double> a, Vector512<double> b, Vector512<double> c)
        where TFunction : struct, ISimdTripleFunction =>
        Unsafe.BitCast<Simd512<double>, Vector512<double>>(TFunction.Double(new Simd512<double>(a), new Simd512<double>(b), new Simd512<double>(c)));

    /// <summary>A function of triples of vectors of 256 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Apply256<TFunction>(Vector256<double> a, Vector256<double> b, Vector256<double> c)
        where TFunction : struct, ISimdTripleFunction =>
        Unsafe.BitCast<Simd256<double>, Vector256<double>>(TFunction.Double(new Simd256<double>(a), new Simd256<double>(b), new Simd256<double>(c)));

    /// <summary>A function of triples of vectors of 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Apply128<TFunction>(Vector128<double> a, Vector128<double> b, Vector128<double> c)
        where TFunction : struct, ISimdTripleFunction =>
        Unsafe.BitCast<Simd128<double>, Vector128<double>>(TFunction.Double(new Simd128<double>(a), new Simd128<double>(b), new Simd128<double>(c)));

    /// <summary>One of two numbers, by a condition of 1 or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Choose(double condition, double a, double b) => condition != 0 ? a : b;

    /// <summary>1 if a number lies between bounds, else 0.</summary>
    public static byte IsAdmitted(double x, double low, double high, bool lowOpen, bool highOpen) =>
        (lowOpen ? x > low : x >= low) && (highOpen ? x < high : x <= high) ? (byte)1 : (byte)0;

    /// <summary>The elements that indices name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Take(nint source, nint indices, nint target, int count)
    {
        double* x = (double*)source, y = (double*)target;
        int* index = (int*)indices;
        for (int i = 0; i < count; i++)
        {
            y[i] = x[index[i]];
        }
    }

    /// <summary>Adds elements to the places that indices name, in the order of the indices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(nint source, nint indices, nint target, int count, int size)
    {
        double* x = (double*)source, y = (double*)target;
        int* index = (int*)indices;
        new Span<double>(y, size).Clear();
        for (int i = 0; i < count; i++)
        {
            y[index[i]] += x[i];
        }
    }

    /// <summary>Copies numbers.</summary>
    public static void Copy(nint source, nint target, int count) =>
        new ReadOnlySpan<double>((void*)source, count).CopyTo(new Span<double>((void*)target, count));
}
