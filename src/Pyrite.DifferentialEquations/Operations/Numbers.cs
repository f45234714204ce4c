using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Operations;

/// <summary>Numbers of an operation as doubles, in which the solver computes.</summary>
internal static class Numbers
{
    /// <summary>The numbers themselves where they are doubles, else copies.</summary>
    public static ReadOnlySpan<double> Of<T>(ReadOnlySpan<T> values) where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(double))
        {
            return MemoryMarshal.Cast<T, double>(values);
        }
        double[] copies = new double[values.Length];
        for (int i = 0; i < copies.Length; i++)
        {
            copies[i] = double.CreateChecked(values[i]);
        }
        return copies;
    }

    /// <summary>Copies doubles into a result.</summary>
    public static void Copy<T>(ReadOnlySpan<double> values, Span<T> target) where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            target[i] = T.CreateSaturating(values[i]);
        }
    }
}
