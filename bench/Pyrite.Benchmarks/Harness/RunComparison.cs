using System.Text;

namespace Pyrite.Benchmarks.Harness;

/// <summary>A run beside an earlier one, figure by figure.</summary>
/// <remarks>Times, rates and shares are compared by what a unit of work costs in peak of its own slices, so that the ratio is above 1 where the code
/// has become slower and not where the machine has.</remarks>
internal static class RunComparison
{
    private const double MostRatio = 1.03;

    /// <summary>More than 3 % slower, and the middle halves of both runs' slices do not overlap.</summary>
    public static bool IsSlower(Figure before, Figure after) =>
        before.Cost is { } old && after.Cost is { } now && now.Median > MostRatio * old.Median && now.Lower > old.Upper;

    /// <summary>The later value over the earlier one, of costs where both have them; 1 for equal values, 0 among them.</summary>
    public static double Ratio(Figure before, Figure after) =>
        before.Cost is { } old && after.Cost is { } now ? now.Median / old.Median
        : after.Value == before.Value ? 1
        : after.Value / before.Value;

    /// <summary>A table of the figures that both runs have.</summary>
    /// <exception cref="ArgumentException">The runs are of different instruction sets.</exception>
    public static string Table(SavedRun before, SavedRun after)
    {
        RequireSameMode(before, after.Mode);
        StringBuilder table = new(
            $"Compared with {before.Date}, commit {before.Commit}, {before.Processor}. "
            + "The ratio of what was timed is that of costs in peak of the same slices: above 1 is slower.\n");
        foreach (BenchmarkReport report in after.Reports)
        {
            if (before.Reports.FirstOrDefault(one => one.Name == report.Name) is not { } earlier)
            {
                table.Append('\n').Append(report.Name).Append(": the earlier run has none.\n");
                continue;
            }
            List<string[]> rows = [[report.Name, "before", "after", "ratio", ""]];
            foreach (Figure now in report.Figures)
            {
                if (earlier.Find(now.Name) is { } old)
                {
                    rows.Add([now.Name, old.Text, now.Text, Figure.Readable(Ratio(old, now)), IsSlower(old, now) ? "SLOWER" : ""]);
                }
            }
            int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
            IEnumerable<string> lines = rows.Select(row => string.Join("  ", row.Zip(widths, (text, width) => text.PadRight(width))).TrimEnd());
            table.Append('\n').AppendJoin('\n', lines).Append('\n');
        }
        return table.ToString();
    }

    /// <summary>Refuses to compare instruction sets with each other.</summary>
    public static void RequireSameMode(SavedRun before, string mode)
    {
        if (before.Mode != mode)
        {
            throw new ArgumentException(
                $"The baseline was measured with {before.Mode}, this run uses {mode}. "
                + "Give the baseline of this mode, or run in that of the baseline (--avx2).");
        }
    }
}
