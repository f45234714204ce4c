using Pyrite.Inference.Diagnostics.Statistics;
using Pyrite.Inference.Diagnostics.Summaries;


namespace Pyrite;

/// <summary>A table of draws with one row for each number, and advice where the draws should not be trusted yet.</summary>
public sealed class Summary
{
    private Summary(Draws draws, SummaryOptions options, IReadOnlyList<SummaryRow> rows, IReadOnlyList<string> advice)
    {
        Options = options;
        HasChains = draws.HasChains;
        Rows = rows;
        Advice = advice;
    }

    /// <summary>The rows, in the order of the draws.</summary>
    public IReadOnlyList<SummaryRow> Rows { get; }

    /// <summary>Sentences that say what is wrong and what to do; empty where nothing is.</summary>
    public IReadOnlyList<string> Advice { get; }

    /// <summary>What was asked for.</summary>
    public SummaryOptions Options { get; }

    internal bool HasChains { get; }

    /// <summary>The row of a number.</summary>
    /// <param name="name">Its name, such as <c>tau</c> or <c>theta[0]</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such row.</exception>
    public SummaryRow this[string name]
    {
        get
        {
            foreach (SummaryRow row in Rows)
            {
                if (row.Name == name)
                {
                    return row;
                }
            }
            throw new KeyNotFoundException(
                $"The summary has no row \"{name}\". Its rows are those of the draws' scalars, such as "
                    + $"\"{(Rows.Count > 0 ? Rows[0].Name : "tau")}\".");
        }
    }

    /// <summary>Summarizes draws.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="statistics">What the sampler reported, under the names of <see cref="SamplerColumns"/>; null if nothing.</param>
    /// <param name="options">Columns and limits; null for the usual ones.</param>
    /// <exception cref="ArgumentException">A probability is out of range, or the statistics are of other chains.</exception>
    public static Summary Of(Draws draws, Draws? statistics = null, SummaryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(draws);
        options ??= new SummaryOptions();
        if (options.IsMultimodal && options.HdiProbability is null)
        {
            throw new ArgumentException(
                "Separate intervals (IsMultimodal) need the share that they hold together: set HdiProbability, for instance to 0.9.",
                    nameof(options));
        }
        if (options.Circular.FirstOrDefault(name => !draws.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"SummaryOptions.Circular names \"{unknown}\"; the quantities are {string.Join(", ", draws.Names)}.",
                nameof(options));
        }
        if (statistics is not null && (statistics.Chains != draws.Chains || statistics.DrawsPerChain != draws.DrawsPerChain))
        {
            throw new ArgumentException(
                $"The sampler's statistics are of {statistics.Chains} chains of {statistics.DrawsPerChain}, the draws "
                    + $"of {draws.Chains} of {draws.DrawsPerChain}.", nameof(statistics));
        }
        int split = ScalarSample.SplitCount(draws.Chains, draws.DrawsPerChain);
        NormalScores? scores = draws.HasChains && split > 0 ? new NormalScores(split) : null;
        List<SummaryRow> rows = [];
        List<string> gaps = [];
        foreach (DrawsVariable variable in draws.Variables)
        {
            bool isCircular = variable.IsCircular || options.Circular.Contains(variable.Name);
            for (int i = 0; i < variable.Size; i++)
            {
                double[] values = variable.Scalar(i);
                (double direction, double length) = isCircular ? CircularSample.Direction(values) : default;
                ScalarSample sample =
                    new(isCircular && double.IsFinite(direction) ? CircularSample.Unwrap(values, direction) : values, draws.Chains, scores);
                SummaryRow row = Row(variable.ScalarNames[i], sample, draws.HasChains, options);
                rows.Add(isCircular ? Circular(row, values, direction, length, options) : row);
                if (variable.DType != DType.Int64 && Gap(sample, rows[^1]) is { } gap)
                {
                    gaps.Add(EmptyMiddle.Describe(row.Name, gap));
                }
            }
        }
        return new Summary(draws, options, rows, [.. SummaryAdvice.Of(draws, statistics, rows, options), .. gaps, .. options.Notes]);
    }

    /// <summary>The table, aligned, with as many digits as the Monte Carlo errors leave; below it the advice.</summary>
    public override string ToString() => SummaryText.Of(this);

    /// <summary>The cells of the table as text, for a program that shows it in its own way: the header first, then a row for each number, its name
    /// first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ToCells() =>
        [SummaryText.Header(this), .. Rows.Select(row => SummaryText.Cells(this, row))];

    private static SummaryRow Row(string name, ScalarSample sample, bool hasChains, SummaryOptions options)
    {
        if (sample.NonFinite > 0)
        {
            return Unusable(name, sample.NonFinite, options);
        }
        double[] quantiles = new double[options.Quantiles.Count];
        for (int i = 0; i < quantiles.Length; i++)
        {
            quantiles[i] = sample.Sorted.Quantile(SampleStatistics.Checked(options.Quantiles[i]));
        }
        (double Low, double High)? hdi = null;
        if (options.HdiProbability is { } probability)
        {
            hdi = SampleStatistics.NarrowestInterval(sample.Sorted.Values, SampleStatistics.CheckedShare(probability));
        }
        const double None = double.NaN;
        IReadOnlyList<(double, double)>? regions =
            options is { IsMultimodal: true, HdiProbability: { } share } ? DensityRegions.Of(sample.Sorted.Values, share) : null;
        SummaryRow row = hasChains
            ? new SummaryRow(
                name, sample.Mean, sample.StandardDeviation, sample.Mad, quantiles, hdi,
                sample.McseMean, sample.McseStandardDeviation, sample.RHat, sample.EssBulk, sample.EssTail, 0)
            : new SummaryRow(name, sample.Mean, sample.StandardDeviation, sample.Mad, quantiles, hdi, None, None, None, None, None, 0);
        return row with { HdiRegions = regions };
    }

    private static SummaryRow Circular(SummaryRow row, double[] angles, double direction, double length, SummaryOptions options) =>
        row.NonFinite > 0 ? row with { IsCircular = true } : row with
        {
            Mean = direction,
            StandardDeviation = CircularSample.StandardDeviation(length),
            Hdi = options.HdiProbability is { } share ? CircularSample.ShortestArc(angles, share) : null,
            IsCircular = true,
        };

    /// <summary>A stretch without draws in the interval that the row shows: the highest-density one, or else between the outer quantiles.</summary>
    private static (double Low, double High)? Gap(ScalarSample sample, SummaryRow row)
    {
        if (row.NonFinite > 0 || row.HdiRegions is not null || row.IsCircular)
        {
            return null;
        }
        (double low, double high) = row.Hdi ?? (row.Quantiles.Count < 2 ? default : (row.Quantiles.Min(), row.Quantiles.Max()));
        return EmptyMiddle.Find(sample.Sorted.Values, low, high);
    }

    private static SummaryRow Unusable(string name, int nonFinite, SummaryOptions options)
    {
        const double None = double.NaN;
        double[] quantiles = new double[options.Quantiles.Count];
        Array.Fill(quantiles, None);
        (double Low, double High)? hdi = options.HdiProbability is null ? null : (None, None);
        return new SummaryRow(name, None, None, None, quantiles, hdi, None, None, None, None, None,
            nonFinite)
        { HdiRegions = options.IsMultimodal ? [] : null };
    }
}
