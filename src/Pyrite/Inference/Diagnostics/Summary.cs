using Pyrite.Diagnostics;

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
            throw new KeyNotFoundException($"The summary has no row \"{name}\". Its rows are those of the draws' scalars, such as \"{(Rows.Count > 0 ? Rows[0].Name : "tau")}\".");
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
        if (statistics is not null && (statistics.Chains != draws.Chains || statistics.DrawsPerChain != draws.DrawsPerChain))
        {
            throw new ArgumentException(
                $"The sampler's statistics are of {statistics.Chains} chains of {statistics.DrawsPerChain}, the draws of {draws.Chains} of {draws.DrawsPerChain}.", nameof(statistics));
        }
        int split = ScalarSample.SplitCount(draws.Chains, draws.DrawsPerChain);
        NormalScores? scores = draws.HasChains && split > 0 ? new NormalScores(split) : null;
        List<SummaryRow> rows = [];
        foreach (DrawsVariable variable in draws.Variables)
        {
            for (int i = 0; i < variable.Size; i++)
            {
                rows.Add(Row(variable.ScalarNames[i], new ScalarSample(variable.Scalar(i), draws.Chains, scores), draws.HasChains, options));
            }
        }
        return new Summary(draws, options, rows, SummaryAdvice.Of(draws, statistics, rows, options));
    }

    /// <summary>The table, aligned, with as many digits as the Monte Carlo errors leave; below it the advice.</summary>
    public override string ToString() => SummaryText.Of(this);

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
        return hasChains
            ? new SummaryRow(
                name, sample.Mean, sample.StandardDeviation, sample.Mad, quantiles, hdi,
                sample.McseMean, sample.McseStandardDeviation, sample.RHat, sample.EssBulk, sample.EssTail, 0)
            : new SummaryRow(name, sample.Mean, sample.StandardDeviation, sample.Mad, quantiles, hdi, None, None, None, None, None, 0);
    }

    private static SummaryRow Unusable(string name, int nonFinite, SummaryOptions options)
    {
        const double None = double.NaN;
        double[] quantiles = new double[options.Quantiles.Count];
        Array.Fill(quantiles, None);
        (double Low, double High)? hdi = options.HdiProbability is null ? null : (None, None);
        return new SummaryRow(name, None, None, None, quantiles, hdi, None, None, None, None, None, nonFinite);
    }
}
