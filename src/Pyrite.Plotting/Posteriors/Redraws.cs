using ScottPlot;

namespace Pyrite.Plotting.Posteriors;

/// <summary>Data beside data sets that a fitted model draws: posterior predictive checks.</summary>
internal sealed class Redraws
{
    private const int LargestCount = 10_000;

    private readonly DrawsVariable variable;
    private readonly int count;
    private readonly double[] data;

    public Redraws(DrawsVariable variable, int count, Tensor observed)
    {
        this.variable = variable;
        this.count = count;
        data = observed.ToArray<double>();
        if (data.Length != Size || Size == 0)
        {
            throw new ArgumentException(
                $"Draws of \"{variable.Name}\" have shape {variable.EventShape}, {Size} numbers; the data have shape {observed.Shape}.",
                    nameof(observed));
        }
    }

    private int Size => checked((int)variable.EventShape.Count);

    public Chart Densities(int replicates)
    {
        Chart chart = new($"Posterior predictive check of {variable.Name}", variable.Name, "density");
        int shown = Math.Min(replicates, count);
        for (int i = 0; i < shown; i++)
        {
            KernelDensity density = KernelDensity.Of(Draw((int)((long)i * count / shown)));
            string name = i == 0 ? FormattableString.Invariant($"{shown} draws from the model") : "";
            chart.AddLine(name, density.X, density.Height, Theme.LineColors[0].WithOpacity(0.45), width: 1);
        }
        KernelDensity truth = KernelDensity.Of(data);
        chart.AddLine($"data (kernel bandwidth {DrawsPlots.Short(truth.Bandwidth)})", truth.X, truth.Height, Theme.Ink, width: 3);
        return chart.FromZero();
    }

    public Chart Rootogram()
    {
        if (!Array.TrueForAll(data, value => value >= 0 && value <= LargestCount && value == Math.Floor(value)))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A rootogram of \"{variable.Name}\" needs whole numbers from 0 to {LargestCount}; the data hold others. Use PredictiveCheck."));
        }
        double[] drawn = variable.Values.ToArray();
        int most = (int)Math.Max(data.Max(), Math.Min(LargestCount, SampleStatistics.Quantiles(Array.FindAll(drawn, double.IsFinite), 0.999)[0]));
        double[] x = [.. Enumerable.Range(0, most + 1).Select(i => (double)i)], seen = Frequencies(data, most);
        double[][] each = [.. Enumerable.Range(0, count).Select(draw => Frequencies(Draw(draw), most))];
        double[] mean = [.. x.Select((_, k) => Math.Sqrt(each.Average(one => one[k])))];
        double[][] q = [.. x.Select((_, k) => SampleStatistics.Quantiles(Array.ConvertAll(each, one => one[k]), 0.05, 0.95))];
        Chart chart = new($"Rootogram of {variable.Name}", variable.Name, "square root of the number");
        for (int k = 0; k <= most; k++)
        {
            ScottPlot.Plottables.Rectangle bar = chart.Add.Rectangle(k - 0.42, k + 0.42, mean[k] - Math.Sqrt(seen[k]), mean[k]);
            bar.FillColor = Theme.LineColors[4].WithOpacity(0.55);
            bar.LineWidth = 0;
            bar.LegendText = k == 0 ? "data, hanging from the mean" : "";
        }
        chart.AddBand("drawn: mean and middle 90 %", x, Array.ConvertAll(q, one => Math.Sqrt(one[0])), Array.ConvertAll(q, one => Math.Sqrt(one[1])),
            mean, Theme.LineColors[0]);
        chart.AddReferenceHeight(0);
        return chart;
    }

    public Chart Intervals()
    {
        double[][] q = [.. Enumerable.Range(0, Size).Select(i => SampleStatistics.Quantiles(Of(i), 0.05, 0.25, 0.5, 0.75, 0.95))];
        double[] x = [.. Enumerable.Range(0, Size).Select(i => (double)i)];
        Chart chart = new($"Posterior predictive intervals of {variable.Name}", "observation", variable.Name);
        Color hue = Theme.LineColors[0];
        for (int i = 0; i < Size; i++)
        {
            foreach ((int low, int high, float width) in ((int, int, float)[])[(0, 4, 1.6f), (1, 3, 4.5f)])
            {
                ScottPlot.Plottables.LinePlot line = chart.Add.Line(i, q[i][low], i, q[i][high]);
                line.LineColor = hue.WithOpacity(0.7);
                line.LineWidth = width;
                line.LineStyle.Rounded = true;
                line.LegendText = i > 0 ? "" : low == 0 ? "drawn: middle 90 %" : "drawn: middle 50 %";
            }
        }
        int outside = Enumerable.Range(0, Size).Count(i => data[i] < q[i][0] || data[i] > q[i][4]);
        chart.AddDots("data", x, data, diameter: Size > 200 ? 4 : 7);
        chart.Note = FormattableString.Invariant($"{outside} of {Size} observations outside the middle 90 %");
        return chart;
    }

    public Chart Statistic(Func<double[], double> statistic, string label)
    {
        double[] drawn = [.. Enumerable.Range(0, count).Select(draw => statistic(Draw(draw)))];
        double truth = statistic([.. data]);
        double share = (double)drawn.Count(value => value >= truth) / count;
        Chart chart = new($"Posterior predictive check of {variable.Name}: {label}", label, "count")
        {
            Note = FormattableString.Invariant($"{share:0.000} of the draws reach the data's"),
        };
        chart.AddHistogram(FormattableString.Invariant($"{count} draws from the model"), drawn, color: Theme.LineColors[0]);
        ScottPlot.Plottables.VerticalLine line = chart.Add.VerticalLine(truth, 3, Theme.Ink);
        line.LegendText = "data";
        return chart;
    }

    private static double[] Frequencies(double[] values, int most)
    {
        double[] frequencies = new double[most + 1];
        foreach (double value in values)
        {
            if (value >= 0 && value <= most)
            {
                frequencies[(int)value]++;
            }
        }
        return frequencies;
    }

    private double[] Of(int observation) => [.. Enumerable.Range(0, count).Select(draw => variable.Values[(draw * Size) + observation])];

    private double[] Draw(int draw) => variable.Values.Slice(draw * Size, Size).ToArray();
}
