using System.Globalization;

namespace Pyrite.Inference.Diagnostics.Summaries;

/// <summary>Notices intervals with hardly a draw in their middle: the draws have separate modes, and one interval describes none of them.</summary>
internal static class EmptyMiddle
{
    private const int Bins = 20;
    private const int LeastEmpty = 5;               // a quarter of the interval
    private const double LargestFill = 0.05;        // of the draws a bin would have if all were alike
    private const double LeastSide = 0.05;          // of the draws in the interval, on either side of the gap
    private const int LeastDraws = 100;             // with fewer, a bin may be empty by chance

    /// <summary>The widest stretch of the interval with hardly a draw, or null.</summary>
    /// <param name="sorted">Finite draws, ascending.</param>
    /// <param name="low">Where the interval begins.</param>
    /// <param name="high">Where it ends.</param>
    public static (double Low, double High)? Find(double[] sorted, double low, double high)
    {
        double width = (high - low) / Bins;
        if (sorted.Length < LeastDraws || !(width > 0) || !double.IsFinite(width))
        {
            return null;
        }
        int[] counts = new int[Bins];
        int inside = 0, different = 0;
        double last = double.NaN;
        foreach (double value in sorted)
        {
            if (value >= low && value <= high)
            {
                counts[Math.Min(Bins - 1, (int)((value - low) / width))]++;
                inside++;
                different += value == last ? 0 : 1;
                last = value;
            }
        }
        // Values of a coarse grid leave bins empty that mean nothing.
        return different < 2 * Bins ? null : Widest(counts, inside, low, width);
    }

    /// <summary>The sentence about a number's gap.</summary>
    public static string Describe(string name, (double Low, double High) gap) => string.Create(CultureInfo.InvariantCulture,
        $"{name}: hardly a draw lies between {gap.Low:G3} and {gap.High:G3}, inside its interval: it has separate modes, and its mean, sd and one "
            + $"interval describe none of them. Ask for separate intervals (SummaryOptions.IsMultimodal with HdiProbability), and look at its "
            + $"density.");

    private static (double Low, double High)? Widest(int[] counts, int inside, double low, double width)
    {
        (int Start, int Length) best = (0, 0);
        for (int start = 0, end; start < Bins; start = end + 1)
        {
            for (end = start; end < Bins && counts[end] * (double)Bins <= LargestFill * inside; end++)
            {
            }
            best = end - start > best.Length ? (start, end - start) : best;
        }
        int before = counts.AsSpan(0, best.Start).ToArray().Sum(), after = counts.AsSpan(best.Start + best.Length).ToArray().Sum();
        return best.Length >= LeastEmpty && Math.Min(before, after) >= LeastSide * inside
            ? (low + (best.Start * width), low + ((best.Start + best.Length) * width))
            : null;
    }
}
