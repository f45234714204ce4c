using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Flat;

/// <summary>What the code of recorded functions calls, beside <see cref="FlatCalls"/>.</summary>
internal static unsafe class ReplayCalls
{
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
