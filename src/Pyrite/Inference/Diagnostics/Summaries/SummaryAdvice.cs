using Pyrite.Text;

namespace Pyrite.Inference.Diagnostics.Summaries;

/// <summary>Sentences about draws that should not be trusted yet: what was found, what it means, what to do.</summary>
internal static class SummaryAdvice
{
    // R-hat up to 1.05 and 1.1 were long taken as mixed (Stan's print; Gelman and Rubin 1992): such chains disagree little, and words should say so.
    private const double SmallRHat = 1.05;
    private const double LargeRHat = 1.1;

    // Fewer than one divergence in a thousand transitions may be a false alarm; with one in ten nothing of the result can be used.
    private const double FewDivergences = 0.001;
    private const double ManyDivergences = 0.1;

    private const int RowsNamed = 5;

    // R-hat and effective sizes need three draws in each half of a chain.
    private const int FewestDraws = 6;

    public static List<string> Of(Draws draws, Draws? statistics, List<SummaryRow> rows, SummaryOptions options)
    {
        List<string> advice = [];
        AddNonFinite(advice, draws, rows);
        AddNonFiniteStatistics(advice, statistics);
        StuckDraws.Add(advice, draws);
        AddShort(advice, draws);
        AddDivergences(advice, statistics);
        AddRHat(advice, rows, options);
        AddEss(advice, rows, options.LeastEssPerChain * draws.Chains);
        AddEnergy(advice, statistics, options);
        AddDepth(advice, statistics, options);
        return advice;
    }

    private static void AddNonFinite(List<string> advice, Draws draws, List<SummaryRow> rows)
    {
        SummaryRow[] bad = [.. rows.Where(row => row.NonFinite > 0)];
        foreach (SummaryRow row in bad.Take(RowsNamed))
        {
            advice.Add(
                $"{row.Name}: {NonFiniteDraws.Describe(draws.Scalar(row.Name), draws.HasChains ? draws.Chains : 0)}, so nothing can be said about "
                    + "it. Look for an overflow or an empty range where the model computes it.");
        }
        if (bad.Length > RowsNamed)
        {
            advice.Add(
                $"{bad.Length - RowsNamed} more rows have draws that are not "
                    + $"finite: {string.Join(", ", bad.Skip(RowsNamed).Take(RowsNamed).Select(row => row.Name))}{(bad.Length > 2 * RowsNamed
                        ? ", …"
                        : "")}.");
        }
    }

    private static void AddShort(List<string> advice, Draws draws)
    {
        if (draws.HasChains && draws.DrawsPerChain < FewestDraws)
        {
            advice.Add(
                $"Chains of {draws.DrawsPerChain} draws are too short for R-hat and effective sizes, so nothing is known of how exact the above is. "
                    + $"Run at least {FewestDraws} draws, and hundreds to trust them.");
        }
    }

    private static void AddNonFiniteStatistics(List<string> advice, Draws? statistics)
    {
        foreach (DrawsVariable variable in statistics?.Variables ?? [])
        {
            for (int i = 0; i < variable.Size; i++)
            {
                if (NonFiniteDraws.Describe(variable.Scalar(i), statistics!.Chains, "values") is { } found)
                {
                    advice.Add(
                        $"{variable.ScalarNames[i]} of the sampler: {found}. What is computed from it, such as E-BFMI from the energies, says "
                            + "nothing of these chains: look at the model's log-density where they are.");
                }
            }
        }
    }

    private static void AddDivergences(List<string> advice, Draws? statistics)
    {
        if (Column(statistics, SamplerColumns.Divergent) is not { } divergent || CountAbove(divergent, 0.5) is not (> 0 and int count))
        {
            return;
        }
        string meaning = ((double)count / divergent.Length) switch
        {
            < FewDivergences =>
                "so few may be false alarms, or the edge of a region that the sampler could not enter; see whether they gather in one place. ",
            < ManyDivergences => "the sampler could not follow the posterior everywhere, and what it missed biases all of the above. ",
            _ => "the sampler could hardly follow the posterior, and none of the above can be used. ",
        };
        advice.Add($"{count} of {divergent.Length} transitions diverged: {meaning}"
            + "Raise the target acceptance (0.95, 0.99); if divergences stay, reparameterize where they gather (non-centred hierarchies), or give "
            + "weak priors more substance.");
    }

    private static void AddRHat(List<string> advice, List<SummaryRow> rows, SummaryOptions options)
    {
        int count = rows.Count(row => row.RHat > options.LargestRHat);
        if (count == 0)
        {
            return;
        }
        SummaryRow worst = rows.Where(row => row.RHat > options.LargestRHat).MaxBy(row => row.RHat)!;
        string meaning = worst.RHat switch
        {
            <= SmallRHat =>
                "the chains agree nearly, but not yet as well as they should before tails and errors are reported. Run two to four times as many "
                    + "draws.",
            <= LargeRHat =>
                "the chains have not mixed well. Run more warm-up and draws; if it stays, look for what mixes slowly and reparameterize it.",
            _ => "the chains have not found the same distribution. Run more warm-up and draws; if it stays, compare the chains' traces for separate "
                + "modes and reparameterize.",
        };
        advice.Add(
            $"R-hat is above {options.LargestRHat} for {count} of {rows.Count} rows "
                + $"(worst: {worst.Name}, {ThresholdText.Of(worst.RHat, options.LargestRHat)}): {meaning}");
    }

    private static void AddEss(List<string> advice, List<SummaryRow> rows, double least)
    {
        SummaryRow[] low = [.. rows.Where(row => Smaller(row) < least)];
        if (low.Length == 0)
        {
            return;
        }
        SummaryRow worst = low.MinBy(Smaller)!;
        string meaning = Smaller(worst) switch
        {
            double size when size >= least / 2 => "a little less than quantiles and R-hat itself want. Run more draws if their last digit matters.",
            double size when size >= least / 10 =>
                "means, quantiles and R-hat itself are uncertain. Run more draws, or reparameterize what mixes slowly.",
            _ => "hardly anything is known yet, not even R-hat. Run many more draws, and reparameterize what mixes so slowly.",
        };
        advice.Add(
            $"The effective sample size is below {least:0.##} for {low.Length} of {rows.Count} rows (worst: {worst.Name}, "
                + $"bulk {ThresholdText.Of(worst.EssBulk, least, 0)}, tail {ThresholdText.Of(worst.EssTail, least, 0)}): {meaning}");
    }

    private static double Smaller(SummaryRow row) => double.IsNaN(row.EssTail) ? row.EssBulk : Math.Min(row.EssBulk, row.EssTail);

    private static void AddEnergy(List<string> advice, Draws? statistics, SummaryOptions options)
    {
        if (Column(statistics, SamplerColumns.Energy) is not { } energies)
        {
            return;
        }
        double[] fractions = ChainDiagnostics.EnergyBfmi(energies, statistics!.Chains);
        int[] slow = [.. Enumerable.Range(0, fractions.Length).Where(chain => fractions[chain] < options.LeastEnergyBfmi)];
        int length = energies.Length / fractions.Length;
        int[] still =
            [.. Enumerable.Range(0, fractions.Length)
                .Where(
                    chain =>
                        length > 1 && double.IsNaN(fractions[chain]) && double.IsFinite(energies.AsSpan(chain * length, length).ToArray().Sum()))];
        if (still.Length > 0)
        {
            advice.Add(
                $"The energy never changes in {Chains(still)}, so there is no E-BFMI: the chain does not move. Look at its step size, or start it "
                    + "elsewhere; do not use its draws.");
        }
        if (slow.Length > 0)
        {
            advice.Add(
                $"E-BFMI is "
                    + $"below {options.LeastEnergyBfmi} in {Chains(slow)} (lowest: {ThresholdText.Of(slow.Min(chain => fractions[chain]),
                        options.LeastEnergyBfmi)}): the tails are explored too slowly. Reparameterize, most often a scale and what it scales.");
        }
    }

    private static string Chains(int[] chains) => $"{(chains.Length > 1 ? "chains" : "chain")} {NumberList.Text(chains)}";

    private static void AddDepth(List<string> advice, Draws? statistics, SummaryOptions options)
    {
        if (options.MaximumTreeDepth is { } limit && Column(statistics, SamplerColumns.TreeDepth) is { } depths
            && CountAbove(depths, limit - 0.5) is > 0 and int count)
        {
            advice.Add(
                $"{count} of {depths.Length} transitions reached the tree depth limit of {limit}: right, but slow. Rescale or reparameterize "
                    + "parameters of very different scales, use a dense metric, or raise the limit.");
        }
    }

    private static double[]? Column(Draws? statistics, string name) =>
        statistics is not null && statistics.Contains(name) ? statistics.Scalar(name) : null;

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
