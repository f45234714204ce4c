using System.Runtime.CompilerServices;

namespace Pyrite.Inference.Diagnostics.Statistics;

/// <summary>The draws of one scalar [chains, draws] and everything that diagnostics ask of them, computed once.</summary>
internal sealed class ScalarSample
{
    /// <summary>Makes the median absolute deviation estimate the standard deviation of a normal distribution: 1 / Φ⁻¹(3/4).</summary>
    public const double MadScale = 1.4826022185056018;

    // Spreads whose fourth powers, summed, neither overflow nor vanish.
    private const double LeastSpread = 1e-60;
    private const double LargestSpread = 1e60;

    private readonly double[] values;
    private readonly double[] split;
    private readonly double[] measured;         // the draws in units in which their powers are numbers, a power of two
    private readonly double unit = 1;
    private readonly int[]? places;
    private readonly int pieces;
    private NormalScores? scores;
    private SortedSample? sorted;
    private SortedSample? folded;
    private double[]? bulk;

    /// <summary>Looks at draws without copying them.</summary>
    /// <param name="values">The draws, chain after chain.</param>
    /// <param name="chains">How many chains.</param>
    /// <param name="scores">A table that fits <see cref="SplitCount"/>, if one is at hand.</param>
    public ScalarSample(double[] values, int chains, NormalScores? scores = null)
    {
        if (chains < 1 || values.Length % chains != 0)
        {
            throw new ArgumentException(
                $"{values.Length} draws cannot be {chains} chains of one length. Pass the draws chain after chain, and the number of chains.",
                    nameof(chains));
        }
        this.values = values;
        this.scores = scores;
        int draws = values.Length / chains;
        pieces = 2 * chains;
        IsVarying = values.Length > 0 && EffectiveSize.IsVarying(values);
        NonFinite = IsVarying ? 0 : CountNonFinite(values);
        Mean = SampleMoments.Mean(values);
        (measured, double centre) = (values, Mean);
        if (IsVarying && UnitOf(values) is var found and not 1)
        {
            unit = found;
            measured = Array.ConvertAll(values, value => (value / found) - (values[0] / found));
            centre = SampleMoments.Mean(measured);
            Mean = values[0] + (centre * unit);
        }
        MeasuredMean = centre;
        if (draws % 2 == 0)
        {
            split = values;             // halves of chains follow each other as the chains do
        }
        else
        {
            places = SplitPlaces(chains, draws);
            split = Place(values, places, SplitCount(chains, draws));
        }
    }

    /// <summary>Whether all draws are finite and not all equal; nothing can be said about mixing otherwise.</summary>
    public bool IsVarying { get; }

    /// <summary>How many draws are NaN or infinite.</summary>
    public int NonFinite { get; }

    public double Mean { get; }

    public double StandardDeviation => unit * Math.Sqrt(SampleMoments.Variance(measured, MeasuredMean));

    public double Median => Sorted.Quantile(0.5);

    public double Mad => double.IsNaN(Mean) ? double.NaN : MadScale * Folded.Quantile(0.5);

    /// <summary>max(R-hat of rank-normalized draws, R-hat of rank-normalized folded draws).</summary>
    public double RHat
    {
        get
        {
            if (!IsVarying || split.Length < 2 * pieces)
            {
                return double.NaN;
            }
            return ScaleReduction.OfRanks(Bulk, Scores.Of(OfSplit(Folded)), pieces);
        }
    }

    public double PlainSplitRHat => !IsVarying || split.Length < 2 * pieces ? double.NaN : ScaleReduction.Of(MeasuredSplit, pieces);

    public double EssBulk => IsVarying ? EffectiveSize.Of(Bulk, pieces) : double.NaN;

    public double EssMean => EffectiveSize.Of(MeasuredSplit, pieces);

    public double EssStandardDeviation => EffectiveSize.Of(Distances(MeasuredSplit, MeasuredMean), pieces);

    /// <summary>The smaller effective size of the 5 % and 95 % quantiles.</summary>
    public double EssTail
    {
        get
        {
            double low = EssQuantile(0.05), high = EssQuantile(0.95);
            return low <= high || double.IsNaN(high) ? low : high;
        }
    }

    public double McseMean => StandardDeviation / Math.Sqrt(EssMean);

    /// <summary>By the delta method from the mean, the variance (divisor n) and the effective size of (x - mean)².</summary>
    public double McseStandardDeviation
    {
        get
        {
            double[] squares = Squares(measured, MeasuredMean);
            double second = SampleMoments.Mean(squares), variance = SampleMoments.SumOfSquares(squares, second) / squares.Length;
            double size = EffectiveSize.Of(places is null ? squares : Place(squares, places, split.Length), pieces);
            return unit * Math.Sqrt(variance / size / second / 4);
        }
    }

    public SortedSample Sorted => sorted ??= SortedSample.Of(values);

    private double MeasuredMean { get; }

    private double[] MeasuredSplit => ReferenceEquals(measured, values) ? split : places is null ? measured : Place(measured, places, split.Length);

    private SortedSample Folded => folded ??= Sorted.FoldedAt(Median);

    private NormalScores Scores => scores ??= new NormalScores(split.Length);

    private double[] Bulk => bulk ??= Scores.Of(OfSplit(Sorted));

    /// <summary>How many draws are left when chains are cut into halves: the middle one of an odd number goes.</summary>
    public static int SplitCount(int chains, int draws) => chains * (draws - (draws % 2));

    /// <summary>The effective size for a quantile: that of the mean of (x ≤ quantile).</summary>
    public double EssQuantile(double probability)
    {
        if (!IsVarying)
        {
            return double.NaN;
        }
        return EffectiveSize.Of(Below(split, Sorted.Quantile(probability)), pieces);
    }

    /// <summary>The power of two next to the spread of finite draws where that is extreme, else 1.</summary>
    private static double UnitOf(double[] values)
    {
        double spread = 0;
        foreach (double value in values)
        {
            spread = Math.Max(spread, Math.Abs(value - values[0]));
        }
        return spread is >= LeastSpread and <= LargestSpread
            ? 1
            : Math.ScaleB(1, Math.Clamp(double.IsFinite(spread) ? Math.ILogB(spread) : 1023, -1022, 1023));
    }

    private static int CountNonFinite(double[] values)
    {
        int count = 0;
        foreach (double value in values)
        {
            count += double.IsFinite(value) ? 0 : 1;
        }
        return count;
    }

    private static int[] SplitPlaces(int chains, int draws)
    {
        int[] map = new int[chains * draws];
        int half = draws / 2, next = 0;
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = i % draws == half ? -1 : next++;
        }
        return map;
    }

    private static double[] Place(double[] values, int[] places, int kept)
    {
        double[] result = new double[kept];
        for (int i = 0; i < values.Length; i++)
        {
            if (places[i] >= 0)
            {
                result[places[i]] = values[i];
            }
        }
        return result;
    }

    private SortedSample OfSplit(SortedSample sample) => places is null ? sample : sample.Renumber(places, split.Length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Below(double[] source, double limit)
    {
        double[] result = new double[source.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = source[i] <= limit ? 1 : 0;
        }
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Squares(double[] source, double centre)
    {
        double[] result = new double[source.Length];
        for (int i = 0; i < result.Length; i++)
        {
            double distance = source[i] - centre;
            result[i] = distance * distance;
        }
        return result;
    }

    private static double[] Distances(double[] source, double centre)
    {
        double[] result = new double[source.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Math.Abs(source[i] - centre);
        }
        return result;
    }
}
