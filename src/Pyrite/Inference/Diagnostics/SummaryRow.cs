namespace Pyrite;

/// <summary>What draws say about one number.</summary>
/// <remarks>R-hat, effective sizes and Monte Carlo errors are NaN for draws without chains, for draws that are all equal, and where one is not finite.</remarks>
public sealed record SummaryRow
{
    internal SummaryRow(string name) => Name = name;

    /// <summary>The name, such as <c>tau</c> or <c>theta[0]</c>.</summary>
    public string Name { get; }

    /// <summary>The mean of all draws.</summary>
    public double Mean { get; internal init; }

    /// <summary>The standard deviation of all draws (divisor n - 1).</summary>
    public double StandardDeviation { get; internal init; }

    /// <summary>1.4826 times the median distance from the median.</summary>
    public double Mad { get; internal init; }

    /// <summary>The quantiles, in the order of <see cref="SummaryOptions.Quantiles"/>.</summary>
    public IReadOnlyList<double> Quantiles { get; internal init; } = [];

    /// <summary>The ends of the highest-density interval; null if not asked for.</summary>
    public (double Low, double High)? Hdi { get; internal init; }

    /// <summary>The Monte Carlo standard error of the mean.</summary>
    public double McseMean { get; internal init; }

    /// <summary>The Monte Carlo standard error of the standard deviation.</summary>
    public double McseStandardDeviation { get; internal init; }

    /// <summary>Rank-normalized split R-hat.</summary>
    public double RHat { get; internal init; }

    /// <summary>The effective sample size in the bulk of the distribution.</summary>
    public double EssBulk { get; internal init; }

    /// <summary>The effective sample size in the tails.</summary>
    public double EssTail { get; internal init; }

    /// <summary>How many draws are NaN or infinite.</summary>
    public int NonFinite { get; internal init; }
}
