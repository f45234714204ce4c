using System.Globalization;

namespace Pyrite.Plotting.Ticks;

/// <summary>Ticks at multiples of 1, 2 or 5 times a power of ten.</summary>
internal static class LinearTicks
{
    private static readonly int[] Mantissas = [1, 2, 5];

    /// <summary>The closest such ticks that make at most <paramref name="mostIntervals"/> intervals; there may be fewer than two for odd
    /// ranges.</summary>
    public static ScottPlot.Tick[] Choose(double low, double high, int mostIntervals)
    {
        double finest = ((0.5 * high) - (0.5 * low)) / Math.Max(1, mostIntervals) * 2;
        int exponent = FloorLog10(finest);
        for (; ; exponent++)
        {
            foreach (int mantissa in Mantissas)
            {
                double step = Decimal(mantissa, exponent);
                double first = Math.Ceiling((low / step) - 1e-9), last = Math.Floor((high / step) + 1e-9);
                if (last - first <= mostIntervals)
                {
                    return Build((long)first, (long)last, mantissa, exponent);
                }
            }
        }
    }

    private static ScottPlot.Tick[] Build(long first, long last, int mantissa, int exponent)
    {
        int count = (int)Math.Max(0, last - first + 1);
        long[] multiples = new long[count];
        for (int i = 0; i < count; i++)
        {
            multiples[i] = (first + i) * mantissa;
        }

        string[] labels = NumberLabels.Format(multiples, exponent);
        var ticks = new ScottPlot.Tick[count];
        for (int i = 0; i < count; i++)
        {
            ticks[i] = ScottPlot.Tick.Major(Decimal(multiples[i], exponent), labels[i]);
        }

        return ticks;
    }

    // Reading the number as text rounds once: 3 x 0.1 is 0.3, and no library's power function is asked.
    private static double Decimal(long digits, int exponent) =>
        double.Parse($"{digits}e{exponent}", CultureInfo.InvariantCulture);

    private static int FloorLog10(double value)
    {
        string text = value.ToString("e0", CultureInfo.InvariantCulture);
        int exponent = int.Parse(text.AsSpan(text.IndexOf('e') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return Decimal(1, exponent) > value ? exponent - 1 : exponent;
    }
}
