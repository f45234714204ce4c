using ScottPlot;
using ScottPlot.Plottables;

namespace Pyrite.Plotting.Posteriors;

/// <summary>Numbers below each other on one axis: forests and ridges.</summary>
internal static class IntervalPlots
{
    private const int LargestSide = 8192;
    private const double RidgeHeight = 1.6;

    /// <summary>Medians with intervals; where several quantities of several numbers are shown, each has a colour.</summary>
    public static Chart Forest(Draws draws, List<PlottedScalar> scalars)
    {
        Chart chart =
            new("Posterior intervals", "value", height: HeightOf(scalars.Count)) { Note = "median, middle 50 % and 90 %" };
        string[] groups = Array.ConvertAll([.. scalars], scalar => Group(draws, scalar.Name));
        string[] large = [.. groups.GroupBy(group => group).Where(group => group.Count() > 1).Select(group => group.Key)];
        for (int i = 0; i < scalars.Count; i++)
        {
            double[] finite = Array.FindAll(scalars[i].Values, double.IsFinite);
            double[] q = SampleStatistics.Quantiles(finite.Length > 0 ? finite : scalars[i].Values, 0.05, 0.25, 0.5, 0.75, 0.95);
            int color = large.Length > 1 ? 1 + Array.IndexOf(large, groups[i]) : 0;
            chart.AddInterval(scalars[i].Name, q[2], (q[1], q[3]), (q[0], q[4]), Theme.LineColors[color % Theme.LineColors.Count]);
        }
        return chart;
    }

    /// <summary>Densities above each other, equally high; earlier ones stand further up and behind.</summary>
    public static Chart Ridges(List<PlottedScalar> scalars)
    {
        Chart chart = new("Posterior densities", "value", height: HeightOf(scalars.Count + 1)) { Note = "equally high, kernel densities" };
        for (int i = 0; i < scalars.Count; i++)
        {
            KernelDensity density = KernelDensity.Of(scalars[i].Values);
            chart.Rows.Add(scalars[i].Name);
            if (density.X.Length == 0)
            {
                continue;
            }
            double scale = RidgeHeight / density.Height.Max(), foot = -i;
            Polygon ridge = chart.Add.Polygon(
                [new(density.X[0], foot), .. density.X.Select((x, at) => new Coordinates(x, foot + (scale * density.Height[at]))),
                    new(density.X[^1], foot)]);
            Color hue = Theme.LineColors[0];
            ridge.FillColor = hue.MixedWith(Colors.White, 0.65).WithOpacity(0.85);
            ridge.LineColor = hue;
            ridge.LineWidth = 1.5f;
        }
        chart.Axes.Left.SetTicks([.. scalars.Select((_, i) => -(double)i)], [.. chart.Rows]);
        chart.Axes.SetLimitsY(-scalars.Count + 0.7, RidgeHeight + 0.2);
        return chart;
    }

    private static int HeightOf(int rows) => Math.Clamp(110 + (26 * rows), 240, LargestSide);

    /// <summary>The quantity that a number belongs to.</summary>
    private static string Group(Draws draws, string name) =>
        draws.Names.FirstOrDefault(quantity => name == quantity || name.StartsWith(quantity + "[", StringComparison.Ordinal)) ?? name;
}
