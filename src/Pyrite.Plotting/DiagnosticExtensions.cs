using System.Globalization;
using ScottPlot;

namespace Pyrite.Plotting;

/// <summary>Diagnostics as charts: <c>PredictiveAccuracy.Loo(…).ToChart().SavePng("k.png")</c>.</summary>
public static class DiagnosticExtensions
{
    private static readonly (double Limit, string Color, string Name)[] Levels =
        [(0.5, "#5790fc", "k up to 0.5"), (0.7, "#f89c20", "k up to 0.7"), (double.PositiveInfinity, "#e42536", "k above 0.7, or not known")];

    extension(PitEcdf ecdf)
    {
        /// <summary>The curve over its band.</summary>
        public Chart ToChart()
        {
            ArgumentNullException.ThrowIfNull(ecdf);
            Chart chart = new($"ECDF minus uniform, {(ecdf.IsInside ? "inside" : "outside")} the band", "PIT", "difference");
            chart.AddBand("simultaneous band", [.. ecdf.X], [.. ecdf.Lower], [.. ecdf.Upper], color: Theme.Faint, opacity: 0.18);
            chart.AddLine("ECDF difference", [.. ecdf.X], [.. ecdf.Difference], Theme.LineColors[0]);
            chart.Axes.SetLimitsX(0, 1);
            return chart;
        }
    }

    extension(PredictiveAccuracy accuracy)
    {
        /// <summary>Pareto's k of each observation: above 0.7 its term of the sum cannot be trusted.</summary>
        /// <remarks>Vehtari, Simpson, Gelman, Yao and Gabry, "Pareto smoothed importance sampling" (2024), section 3.2.</remarks>
        /// <exception cref="InvalidOperationException">The criterion has no k: it is not PSIS-LOO.</exception>
        public Chart ToChart()
        {
            ArgumentNullException.ThrowIfNull(accuracy);
            double[] k = [.. accuracy.ParetoK
                ?? throw new InvalidOperationException($"A plot of Pareto's k needs PSIS-LOO; this is {accuracy.Method}, which has none.")];
            int high = k.Count(value => !(value <= 0.7));
            Chart chart = new(string.Create(CultureInfo.InvariantCulture, $"Pareto k ({high} of {k.Length} above 0.7)"), "observation", "k");
            double lower = double.NegativeInfinity;
            foreach ((double limit, string color, string name) in Levels)
            {
                bool isLast = double.IsPositiveInfinity(limit);
                int[] shown = [.. Enumerable.Range(0, k.Length).Where(i => isLast ? !(k[i] <= lower) : k[i] > lower && k[i] <= limit)];
                if (shown.Length > 0)
                {
                    chart.AddDots(name, Array.ConvertAll(shown, i => (double)i), Array.ConvertAll(shown, i => k[i]), Color.FromHex(color));
                }
                lower = limit;
            }
            chart.AddReferenceHeight(0.7);
            return chart;
        }
    }

    extension(SviResult fit)
    {
        /// <summary>The loss of each step, with the mean of its neighbourhood.</summary>
        /// <exception cref="InvalidOperationException">There was no step.</exception>
        public Chart ToChart()
        {
            ArgumentNullException.ThrowIfNull(fit);
            if (fit.Losses.Count == 0)
            {
                throw new InvalidOperationException("A chart of losses needs a step at least; the run had none.");
            }
            double[] losses = [.. fit.Losses], x = [.. Enumerable.Range(1, losses.Length).Select(i => (double)i)];
            double[] sums = new double[losses.Length + 1];
            int reach = Math.Max(1, losses.Length / 50);
            int[] counts = new int[losses.Length + 1];
            for (int i = 0; i < losses.Length; i++)
            {
                bool isFinite = double.IsFinite(losses[i]);
                sums[i + 1] = sums[i] + (isFinite ? losses[i] : 0);
                counts[i + 1] = counts[i] + (isFinite ? 1 : 0);
            }
            double[] smooth = [.. x.Select((_, i) => Mean(sums, counts, Math.Max(0, i - reach), Math.Min(losses.Length, i + reach + 1)))];
            Chart chart = new("Loss", "step", "loss");
            chart.AddLine("each step", x, losses, Theme.LineColors[0].WithOpacity(0.35), width: 1);
            chart.AddLine(FormattableString.Invariant($"mean of {(2 * reach) + 1} steps"), x, smooth, Theme.LineColors[0]);
            return chart;
        }
    }

    private static double Mean(double[] sums, int[] counts, int from, int to) =>
        counts[to] == counts[from] ? double.NaN : (sums[to] - sums[from]) / (counts[to] - counts[from]);
}
