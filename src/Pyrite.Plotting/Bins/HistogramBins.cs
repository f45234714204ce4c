
namespace Pyrite.Plotting.Bins;

/// <summary>Equally wide bins; each holds its left edge, the last one both.</summary>
internal sealed class HistogramBins
{
    private const int MostBins = 512;

    private readonly double low;
    private readonly double high;

    public HistogramBins(double low, double high, int count)
    {
        this.low = low;
        this.high = high;
        Count = count;
    }

    public int Count { get; }

    /// <summary>Half the width of a bin; the width itself may overflow only beyond what can be drawn.</summary>
    public double Width => ((0.5 * high) - (0.5 * low)) / Count * 2;

    /// <summary>Bins for the data: as many as asked for, else by the finer of the rules of Freedman and Diaconis (1981) and of Sturges
    /// (1926).</summary>
    public static HistogramBins Fit(IReadOnlyList<double[]> samples, double low, double high, int? count)
    {
        if (low == high)
        {
            double room = low == 0 ? 0.5 : 0.1 * Math.Abs(low);
            (low, high) = (low - room, high + room);
        }

        int bins = count ?? 1;
        for (int i = 0; i < samples.Count && count is null; i++)
        {
            bins = Math.Max(bins, SuggestCount(samples[i], (0.5 * high) - (0.5 * low)));
        }

        return new HistogramBins(low, high, bins);
    }

    public double Edge(int index) => index == Count ? high : (low * (1 - ((double)index / Count))) + (high * ((double)index / Count));

    /// <summary>How many of the values fall into each bin; values outside of all of them are not counted.</summary>
    public int[] CountValues(double[] values)
    {
        int[] counts = new int[Count];
        foreach (double value in values)
        {
            if (value >= low && value <= high)
            {
                int bin = Math.Clamp((int)(((0.5 * value) - (0.5 * low)) / ((0.5 * high) - (0.5 * low)) * Count), 0, Count - 1);
                bin -= value < Edge(bin) ? 1 : 0;                         // the division may round across an edge
                bin += bin + 1 < Count && value >= Edge(bin + 1) ? 1 : 0;
                counts[bin]++;
            }
        }

        return counts;
    }

    private static int SuggestCount(double[] values, double halfRange)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length < 2)
        {
            return 1;
        }

        int sturges = (int)Math.Ceiling(Math.Log2(sorted.Length)) + 1;
        double halfSpread = (0.5 * Quantile(sorted, 0.75)) - (0.5 * Quantile(sorted, 0.25));
        double halfWidth = 2 * halfSpread / Math.Cbrt(sorted.Length);
        return halfWidth > 0 ? (int)Math.Clamp(Math.Max(sturges, Math.Ceiling(halfRange / halfWidth)), 1, MostBins) : sturges;
    }

    private static double Quantile(double[] sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        double weight = position - below;
        return (sorted[below] * (1 - weight)) + (sorted[Math.Min(below + 1, sorted.Length - 1)] * weight);
    }
}
