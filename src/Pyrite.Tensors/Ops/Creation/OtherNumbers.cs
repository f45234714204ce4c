using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Ops.Creation;

/// <summary>C# numbers that no tensor holds but that have a type which holds them all: <c>int</c> and other integers in Int64, <c>Half</c> in
/// Float32.</summary>
internal static class OtherNumbers
{
    /// <summary>Whether values of the type are kept as a wider type.</summary>
    public static bool AreWidened<T>() where T : unmanaged =>
        typeof(T) == typeof(int) || typeof(T) == typeof(short) || typeof(T) == typeof(sbyte) || typeof(T) == typeof(ushort)
        || typeof(T) == typeof(uint) || typeof(T) == typeof(ulong) || typeof(T) == typeof(nint) || typeof(T) == typeof(nuint)
        || typeof(T) == typeof(Half);

    /// <summary>A tensor of the wider type.</summary>
    /// <exception cref="OverflowException">A value does not fit.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape shape) where T : unmanaged => typeof(T) == typeof(Half)
        ? Tensor.From<float>(Converted<Half, float>(MemoryMarshal.Cast<T, Half>(values)), shape)
        : Tensor.From<long>(Integers<T, long>(values), shape);

    /// <summary>The elements as the narrower type.</summary>
    /// <exception cref="OverflowException">A value does not fit.</exception>
    public static T[] ToArray<T>(Tensor tensor) where T : unmanaged => typeof(T) == typeof(Half)
        ? (T[])(object)Array.ConvertAll(tensor.ToArray<float>(), value => (Half)value)
        : Integers<long, T>(tensor.ToArray<long>());

    private static TResult[] Integers<TSource, TResult>(ReadOnlySpan<TSource> values)
        where TSource : unmanaged
        where TResult : unmanaged
    {
        // One of the two is long; the other is known here by its type alone.
        Type other = typeof(TSource) == typeof(long) ? typeof(TResult) : typeof(TSource);
        return other switch
        {
            _ when other == typeof(int) => Through<TSource, TResult, int>(values),
            _ when other == typeof(short) => Through<TSource, TResult, short>(values),
            _ when other == typeof(sbyte) => Through<TSource, TResult, sbyte>(values),
            _ when other == typeof(ushort) => Through<TSource, TResult, ushort>(values),
            _ when other == typeof(uint) => Through<TSource, TResult, uint>(values),
            _ when other == typeof(ulong) => Through<TSource, TResult, ulong>(values),
            _ when other == typeof(nint) => Through<TSource, TResult, nint>(values),
            _ => Through<TSource, TResult, nuint>(values),
        };
    }

    private static TResult[] Through<TSource, TResult, TOther>(ReadOnlySpan<TSource> values)
        where TSource : unmanaged
        where TResult : unmanaged
        where TOther : unmanaged, INumberBase<TOther> => typeof(TSource) == typeof(long)
            ? (TResult[])(object)Converted<long, TOther>(MemoryMarshal.Cast<TSource, long>(values))
            : (TResult[])(object)Converted<TOther, long>(MemoryMarshal.Cast<TSource, TOther>(values));

    private static TResult[] Converted<TSource, TResult>(ReadOnlySpan<TSource> values)
        where TSource : unmanaged, INumberBase<TSource>
        where TResult : unmanaged, INumberBase<TResult>
    {
        TResult[] result = new TResult[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = TResult.CreateChecked(values[i]);
        }
        return result;
    }
}
