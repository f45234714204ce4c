using System.Globalization;

namespace Pyrite.Inference.Diagnostics.Summaries;

/// <summary>A number beside a limit that it misses, with the digits in which the two differ: 1.012 beside 1.01, never 1.01 beside 1.01.</summary>
internal static class ThresholdText
{
    private const int MostDecimals = 12;

    /// <summary>The fewest decimals, at least those asked for, with which the value is not shown as the limit.</summary>
    public static string Of(double value, double limit, int decimals = 2)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "infinite" : "-infinite";
        }
        while (decimals < MostDecimals && Math.Round(value, decimals) == Math.Round(limit, decimals) && value != limit)
        {
            decimals++;
        }
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
