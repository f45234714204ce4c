namespace Pyrite;

/// <summary>What draws say about one number.</summary>
/// <param name="Name">The name, such as <c>tau</c> or <c>theta[0]</c>.</param>
/// <param name="Mean">The mean of all draws.</param>
/// <param name="StandardDeviation">The standard deviation of all draws (divisor n - 1).</param>
/// <param name="Mad">1.4826 times the median distance from the median.</param>
/// <param name="Quantiles">The quantiles, in the order of <see cref="SummaryOptions.Quantiles"/>.</param>
/// <param name="Hdi">The ends of the highest-density interval; null if not asked for.</param>
/// <param name="McseMean">The Monte Carlo standard error of the mean.</param>
/// <param name="McseStandardDeviation">The Monte Carlo standard error of the standard deviation.</param>
/// <param name="RHat">Rank-normalized split R-hat.</param>
/// <param name="EssBulk">The effective sample size in the bulk of the distribution.</param>
/// <param name="EssTail">The effective sample size in the tails.</param>
/// <param name="NonFinite">How many draws are NaN or infinite; if any, all the numbers are NaN.</param>
/// <remarks>
/// R-hat, effective sizes and Monte Carlo errors are NaN for draws without chains, and for draws that are all equal. Of angles
/// (<see cref="IsCircular"/>) the mean is the mean direction, the standard deviation √(-2 ln R) with the mean resultant length R, the interval the
/// shortest arc; all else is of the angles cut open opposite the mean direction, so quantiles may lie beyond π.
/// </remarks>
public sealed record SummaryRow(
    string Name,
    double Mean,
    double StandardDeviation,
    double Mad,
    IReadOnlyList<double> Quantiles,
    (double Low, double High)? Hdi,
    double McseMean,
    double McseStandardDeviation,
    double RHat,
    double EssBulk,
    double EssTail,
    int NonFinite)
{
    /// <summary>The pieces of the highest-density interval, ascending, where <see cref="SummaryOptions.IsMultimodal"/> asks for them; else
    /// null.</summary>
    public IReadOnlyList<(double Low, double High)>? HdiRegions { get; init; }

    /// <summary>Whether the numbers are angles, of which those 2π apart are the same.</summary>
    public bool IsCircular { get; init; }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
