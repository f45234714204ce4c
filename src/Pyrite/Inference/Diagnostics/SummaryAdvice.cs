using System.Globalization;

namespace Pyrite.Diagnostics;

/// <summary>Sentences about draws that should not be trusted yet: what was found, what it means, what to do.</summary>
internal static class SummaryAdvice
{
    public static List<string> Of(Draws draws, Draws? statistics, List<SummaryRow> rows, SummaryOptions options)
    {
        List<string> advice = [];
        AddNonFinite(advice, rows);
        AddDivergences(advice, statistics);
        AddRHat(advice, rows, options);
        AddEss(advice, rows, options.LeastEssPerChain * draws.Chains);
        AddEnergy(advice, statistics, options);
        AddDepth(advice, statistics, options);
        return advice;
    }

    private static void AddNonFinite(List<string> advice, List<SummaryRow> rows)
    {
        foreach (SummaryRow row in rows)
        {
            if (row.NonFinite > 0)
            {
                advice.Add($"{row.Name}: {row.NonFinite} draws are NaN or infinite, so nothing can be said about it. Look for an overflow or an empty range where the model computes it.");
            }
        }
    }

    private static void AddDivergences(List<string> advice, Draws? statistics)
    {
        if (Column(statistics, SamplerColumns.Divergent) is { } divergent && CountAbove(divergent, 0.5) is > 0 and int count)
        {
            advice.Add($"{count} of {divergent.Length} transitions diverged: the sampler could not follow the posterior everywhere, and what it missed biases all of the above. "
                + "Raise the target acceptance (0.95, 0.99); if divergences stay, reparameterize where they gather (non-centred hierarchies), or give weak priors more substance.");
        }
    }

    private static void AddRHat(List<string> advice, List<SummaryRow> rows, SummaryOptions options)
    {
        int count = 0;
        SummaryRow? worst = null;
        foreach (SummaryRow row in rows)
        {
            if (row.RHat > options.LargestRHat)
            {
                count++;
                worst = worst is null || row.RHat > worst.RHat ? row : worst;
            }
        }
        if (worst is not null)
        {
            advice.Add(string.Create(CultureInfo.InvariantCulture,
                $"R-hat is above {options.LargestRHat} for {count} of {rows.Count} rows (worst: {worst.Name}, {worst.RHat:0.00}): the chains have not found the same distribution. Run more warm-up and draws; if it stays, compare the chains' traces for separate modes and reparameterize."));
        }
    }

    private static void AddEss(List<string> advice, List<SummaryRow> rows, double least)
    {
        int count = 0;
        SummaryRow? worst = null;
        foreach (SummaryRow row in rows)
        {
            if (Math.Min(row.EssBulk, row.EssTail) < least)
            {
                count++;
                worst = worst is null || Math.Min(row.EssBulk, row.EssTail) < Math.Min(worst.EssBulk, worst.EssTail) ? row : worst;
            }
        }
        if (worst is not null)
        {
            advice.Add(string.Create(CultureInfo.InvariantCulture,
                $"The effective sample size is below {least:0} for {count} of {rows.Count} rows (worst: {worst.Name}, bulk {worst.EssBulk:0}, tail {worst.EssTail:0}): means, quantiles and R-hat itself are uncertain. Run more draws, or reparameterize what mixes slowly."));
        }
    }

    private static void AddEnergy(List<string> advice, Draws? statistics, SummaryOptions options)
    {
        if (Column(statistics, SamplerColumns.Energy) is not { } energies)
        {
            return;
        }
        double[] fractions = ChainDiagnostics.EnergyBfmi(energies, statistics!.Chains);
        double worst = double.PositiveInfinity;
        string chains = "";
        for (int chain = 0; chain < fractions.Length; chain++)
        {
            if (fractions[chain] < options.LeastEnergyBfmi)
            {
                worst = Math.Min(worst, fractions[chain]);
                chains += (chains.Length == 0 ? "" : ", ") + chain.ToString(CultureInfo.InvariantCulture);
            }
        }
        if (chains.Length > 0)
        {
            advice.Add(string.Create(CultureInfo.InvariantCulture,
                $"E-BFMI is below {options.LeastEnergyBfmi} in {(chains.Contains(',', StringComparison.Ordinal) ? "chains" : "chain")} {chains} (lowest: {worst:0.00}): the tails are explored too slowly. Reparameterize, most often a scale and what it scales."));
        }
    }

    private static void AddDepth(List<string> advice, Draws? statistics, SummaryOptions options)
    {
        if (options.MaximumTreeDepth is { } limit && Column(statistics, SamplerColumns.TreeDepth) is { } depths && CountAbove(depths, limit - 0.5) is > 0 and int count)
        {
            advice.Add($"{count} of {depths.Length} transitions reached the tree depth limit of {limit}: right, but slow. Rescale or reparameterize parameters of very different scales, use a dense metric, or raise the limit.");
        }
    }

    private static double[]? Column(Draws? statistics, string name) => statistics is not null && statistics.Contains(name) ? statistics.Scalar(name) : null;

    private static int CountAbove(double[] values, double limit)
    {
        int count = 0;
        foreach (double value in values)
        {
            count += value > limit ? 1 : 0;
        }
        return count;
    }
}
