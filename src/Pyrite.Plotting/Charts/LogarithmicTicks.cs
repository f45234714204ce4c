using System.Globalization;

namespace Pyrite.Plotting.Charts;

/// <summary>Ticks at powers of ten, with 2 and 5 between them where the range is short.</summary>
internal static class LogarithmicTicks
{
    private static readonly int[] OneTwoFive = [1, 2, 5];
    private static readonly int[] Strides = [1, 2, 5, 10, 20, 50, 100, 200, 500];
    private static readonly int[] TwoToNine = [2, 3, 4, 5, 6, 7, 8, 9];

    /// <summary>Ticks for an axis from 10^<paramref name="low"/> to 10^<paramref name="high"/>.</summary>
    public static TickSet Choose(double low, double high, int mostIntervals)
    {
        int first = (int)Math.Ceiling(low - 1e-9), last = (int)Math.Floor(high + 1e-9);
        int stride = Array.Find(Strides, candidate => (last / candidate) - (first / candidate) <= mostIntervals);
        if (last - first >= 2 || (last > first && mostIntervals < 3))
        {
            return PowersOfTen(low, high, first, last, stride);
        }

        TickSet between = Multiples(low, high, first, last);
        return between.Major.Count >= 3 ? between : LinearTicks.Choose(Value(low), Value(high), mostIntervals, wholeOnly: false);
    }

    private static TickSet PowersOfTen(double low, double high, int first, int last, int stride)
    {
        bool isPlain = first >= -3 && last <= 4 && last - first <= 4;
        var major = new List<Tick>();
        for (int exponent = first; exponent <= last; exponent++)
        {
            if (exponent % stride == 0)
            {
                major.Add(new Tick(Value(1, exponent), isPlain ? NumberLabels.Format([1], exponent)[0] : NumberLabels.PowerOfTen(exponent)));
            }
        }

        return new TickSet(major, stride == 1 && last - first <= 12 ? Between(low, high, first, last, TwoToNine).ConvertAll(Value) : []);
    }

    private static TickSet Multiples(double low, double high, int first, int last)
    {
        List<Tick> major = Between(low, high, first, last, OneTwoFive).ConvertAll(
            tick => new Tick(Value(tick), NumberLabels.Format([tick.Mantissa], tick.Exponent)[0]));
        return new TickSet(major, Between(low, high, first, last, TwoToNine).ConvertAll(Value));
    }

    private static List<(int Mantissa, int Exponent)> Between(double low, double high, int first, int last, int[] mantissas)
    {
        var found = new List<(int, int)>();
        for (int exponent = first - 1; exponent <= last; exponent++)
        {
            foreach (int mantissa in mantissas)
            {
                double position = exponent + Math.Log10(mantissa);
                if (position >= low - 1e-9 && position <= high + 1e-9)
                {
                    found.Add((mantissa, exponent));
                }
            }
        }

        return found;
    }

    private static double Value((int Mantissa, int Exponent) tick) => Value(tick.Mantissa, tick.Exponent);

    private static double Value(int mantissa, int exponent) => double.Parse($"{mantissa}e{exponent}", CultureInfo.InvariantCulture);

    private static double Value(double logarithm) => Math.Pow(10, logarithm);
}
