using System.Globalization;

namespace Pyrite.Cli.Sampling;

/// <summary>What is printed about a run: the table, then whether it can be trusted.</summary>
internal static class SamplingReport
{
    public static string Of(McmcResult result, double seconds)
    {
        Summary summary = result.Summary();
        string verdict = summary.Advice.Count == 0 ? "\n" + Healthy(summary) + "\n" : "";
        return summary + verdict + "\n" + Work(result, seconds);
    }

    /// <summary>The least favourable figures of a run with nothing to complain about.</summary>
    private static string Healthy(Summary summary)
    {
        double rHat = 0, bulk = double.PositiveInfinity, tail = double.PositiveInfinity;
        foreach (SummaryRow row in summary.Rows)
        {
            rHat = Math.Max(rHat, row.RHat);
            bulk = Math.Min(bulk, row.EssBulk);
            tail = Math.Min(tail, row.EssTail);
        }
        return double.IsNaN(rHat)
            ? "No divergences; there are too few draws to say more."
            : string.Create(CultureInfo.InvariantCulture,
                $"No divergences; largest R-hat {rHat:0.000}, smallest effective sample sizes {bulk:0} (bulk) and {tail:0} (tail): nothing speaks "
                    + $"against these draws.");
    }

    private static string Work(McmcResult result, double seconds)
    {
        double gradients = 0, stepSize = 0;
        foreach (double steps in result.Statistics.Scalar(SamplerColumns.LeapfrogSteps))
        {
            gradients += steps;
        }
        foreach (double size in result.StepSizes)
        {
            stepSize += size / result.StepSizes.Count;
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"{result.Draws.Count} draws in {seconds:0.00} s, {gradients / result.Draws.Count:0.0} gradients each, step size {stepSize:0.000}");
    }
}
