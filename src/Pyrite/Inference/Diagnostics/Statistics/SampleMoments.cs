using System.Runtime.CompilerServices;

namespace Pyrite.Inference.Diagnostics.Statistics;

/// <summary>Means and sums of squares of plain numbers.</summary>
internal static class SampleMoments
{
    /// <summary>The mean; exactly the value itself where all are equal, NaN for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Mean(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }
        double first = values[0], a = 0, b = 0;
        int i = 0;
        for (; i < values.Length - 1; i += 2)
        {
            a += values[i] - first;
            b += values[i + 1] - first;
        }
        if (i < values.Length)
        {
            a += values[i] - first;
        }
        return first + ((a + b) / values.Length);
    }

    /// <summary>The variance with divisor n - 1; NaN for a single value.</summary>
    public static double Variance(ReadOnlySpan<double> values, double mean) => SumOfSquares(values, mean) / (values.Length - 1);

    /// <inheritdoc cref="Variance(ReadOnlySpan{double}, double)"/>
    public static double Variance(ReadOnlySpan<double> values) => Variance(values, Mean(values));

    /// <summary>Σ (x - mean)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares(ReadOnlySpan<double> values, double mean)
    {
        double a = 0, b = 0;
        int i = 0;
        for (; i < values.Length - 1; i += 2)
        {
            double x = values[i] - mean, y = values[i + 1] - mean;
            a += x * x;
            b += y * y;
        }
        if (i < values.Length)
        {
            a += (values[i] - mean) * (values[i] - mean);
        }
        return a + b;
    }

    /// <summary>log Σ exp(x), without overflow.</summary>
    public static double LogSumExp(ReadOnlySpan<double> values)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in values)
        {
            largest = Math.Max(largest, value);
        }
        if (!double.IsFinite(largest))
        {
            return largest;
        }
        double sum = 0;
        foreach (double value in values)
        {
            sum += Math.Exp(value - largest);
        }
        return largest + Math.Log(sum);
    }
}
