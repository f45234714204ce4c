using System.Text.RegularExpressions;
using Pyrite.Plotting.Posteriors;
using Pyrite.Testing;
using Pyrite.Tests;

namespace Pyrite.Plotting.Tests;

public sealed class DrawsPlotsTests
{
    private static readonly Draws Posterior =
        new(2, 100, [new DrawsVariable("mu", Shape.Scalar, Series.Normal(1, 200)), new DrawsVariable("theta", [3], Series.Normal(2, 600))]);

    private static readonly DrawsPlots Plots = new(Posterior, new Draws(2, 100,
    [
        new DrawsVariable(SamplerColumns.Divergent, Shape.Scalar, [.. Enumerable.Range(0, 200).Select(i => i % 50 == 0 ? 1.0 : 0)]),
        new DrawsVariable(SamplerColumns.Energy, Shape.Scalar, Series.Normal(3, 200)),
    ]));

    private static readonly Draws Counts = new(50, [new DrawsVariable("k", [4], [.. Enumerable.Range(0, 200).Select(i => (double)(i * i % 5))])]);

    public static TheoryData<string> Kinds =>
        ["trace", "ranks", "ecdf", "densities", "histograms", "ridges", "intervals", "pairs", "autocorrelation", "energy", "check", "redrawn",
            "rootogram", "statistic"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_plot_says_what_its_axes_are_and_draws_only_finite_numbers(string kind)
    {
        string svg = Readable(Of(kind));
        string[] expected = kind switch
        {
            "trace" => ["Traces", "draw", "mu", "theta[2]", "chain 0", "chain 1"],
            "ranks" => ["rank", "count", "mu, chain 0", "theta[2], chain 1"],
            "densities" => ["density", "kernel bandwidth", "chain 1"],
            "intervals" => ["value", "mu", "theta[0]", "median, middle 50 % and 90 %"],
            "pairs" => ["Pairs (orange: 4 divergent transitions)", "mu", "theta[1]"],
            "ecdf" => ["ECDF of ranks minus uniform", "95 % simultaneous", "theta[1]", "chain 1"],
            "histograms" => ["Posterior histograms", "count", "theta[2]"],
            "ridges" => ["Posterior densities", "theta[0]", "theta[2]", "equally high"],
            "redrawn" => ["Posterior predictive intervals of theta", "observation", "middle 90 %", "1 of 3 observations outside"],
            "rootogram" => ["Rootogram of k", "square root of the number", "data, hanging from the mean", "middle 90 %"],
            "statistic" => ["largest", "200 draws from the model", "of the draws reach the data's"],
            "autocorrelation" => ["lag", "mu", "independent"],
            "energy" => ["density", "energy - mean", "change between draws", "lowest E-BFMI"],
            _ => ["Posterior predictive check of theta", "50 draws from the model", "data (kernel bandwidth", "density"],
        };
        Assert.All(expected, text => Assert.Contains(text, svg));
        Assert.DoesNotContain("NaN", svg);
        Assert.DoesNotContain("cannot be drawn", svg);
    }

    [Fact]
    public void Names_choose_numbers_and_too_many_are_refused()
    {
        Assert.Equal(1, Plots.Trace("theta[1]").Rows);
        Assert.Equal(4, Plots.Trace().Rows);
        Assert.Equal((3, 2), (Plots.RankHistograms("theta").Rows, Plots.RankHistograms("theta").Columns));
        DrawsPlots wide = new Draws(1, 2, [new DrawsVariable("w", [30], new double[60])]).Plots;
        Assert.Contains("traces shows 1 to 24 numbers, found 30", Assert.Throws<ArgumentException>(() => wide.Trace()).Message);
        Assert.Contains("Pairs need two", Assert.Throws<ArgumentException>(() => Plots.Pairs("mu")).Message);
        Assert.Throws<KeyNotFoundException>(() => Plots.Trace("nu"));
        Assert.Throws<InvalidOperationException>(() => Posterior.Plots.Energy());
        Assert.Contains("have shape [3]",
            Assert.Throws<ArgumentException>(() => Plots.PredictiveCheck("theta", Tensor.From<double>([1, 2]))).Message);
    }

    [Fact]
    public void Draws_without_chains_constant_ones_and_bad_ones_can_be_plotted()
    {
        double[] bad = Series.Normal(4, 50);
        (bad[3], bad[4]) = (double.NaN, double.PositiveInfinity);
        Draws draws = new(50, [new DrawsVariable("flat", Shape.Scalar, new double[50]), new DrawsVariable("bad", Shape.Scalar, bad)]);
        IPicture[] pictures =
            [draws.Plots.Trace(), draws.Plots.RankHistograms(), draws.Plots.Densities(), draws.Plots.Intervals(), draws.Plots.Pairs(),
                draws.Plots.Autocorrelation(), draws.Plots.RankEcdf(), draws.Plots.Ridges(), draws.Plots.Histograms()];
        Assert.All(pictures, picture => Assert.DoesNotContain("chain", Readable(picture)));
        Assert.All(pictures, picture => Assert.Contains("bad (2 of 50 draws not finite)", Readable(picture)));
    }

    [Fact]
    public void Kernel_densities_are_the_sums_of_their_kernels()
    {
        double[] values = Series.Normal(5, 300);
        KernelDensity density = KernelDensity.Of(values);
        double sd = Math.Sqrt(PlainDiagnostics.Variance(values)),
            quartiles = PlainDiagnostics.Quantile(values, 0.75) - PlainDiagnostics.Quantile(values, 0.25);
        double h = 0.9 * Math.Min(sd, quartiles / 1.349) * Math.Pow(300, -0.2);
        Assert.Equal(h, density.Bandwidth, 1e-12);
        double[] want = [.. density.X.Select(x => values.Average(v => Math.Exp(-0.5 * (x - v) * (x - v) / h / h) / h / Math.Sqrt(2 * Math.PI)))];
        Close.Assert(density.Height, want, rtol: 1e-4, atol: 1e-6, "density");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Densities_of_quantities_of_one_sign_stop_at_zero_and_keep_their_mass(double sign)
    {
        KernelDensity density = KernelDensity.Of(Series.Map(Series.Normal(6, 2000), (_, x) => sign * Math.Abs(x)));
        double mass = 0;
        for (int i = 1; i < density.X.Length; i++)
        {
            mass += 0.5 * (density.X[i] - density.X[i - 1]) * (density.Height[i] + density.Height[i - 1]);
        }
        Assert.All(density.X, x => Assert.True(sign * x >= 0));
        Assert.Equal(1, mass, 0.01);
        Assert.Equal(Math.Sqrt(2 / Math.PI), sign > 0 ? density.Height[0] : density.Height[^1], 0.08);
    }

    [Fact]
    public void Forests_of_several_quantities_give_each_a_colour()
    {
        Draws two = new(1, 50, [new DrawsVariable("a", [2], Series.Normal(7, 100)), new DrawsVariable("b", [2], Series.Normal(8, 100))]);
        IEnumerable<string> Colors(Draws draws) => draws.Plots.Intervals().GetPlottables().OfType<ScottPlot.Plottables.LinePlot>()
            .Select(line => line.LineColor.ToHex()).Distinct();
        Assert.Equal(2, Colors(two).Count());
        Assert.Single(Colors(Posterior));
    }

    [Fact]
    public void Rank_curves_of_equal_chains_lie_in_the_band_and_those_of_shifted_ones_do_not()
    {
        double[] shifted = [.. Posterior.Scalar("mu").Select((value, i) => i < 100 ? value - 1.5 : value)];
        Draws bad = new(2, 100, [new DrawsVariable("mu", Shape.Scalar, shifted)]);
        double Farthest(Draws draws)
        {
            ScottPlot.Plot plot = draws.Plots.RankEcdf("mu").Subplots.GetPlot(0);
            double high = plot.GetPlottables().OfType<ScottPlot.Plottables.Polygon>().Single().Coordinates.Max(point => point.Y);
            IEnumerable<ScottPlot.Plottables.Scatter> lines = plot.GetPlottables().OfType<ScottPlot.Plottables.Scatter>();
            return lines.Max(line => line.Data.GetScatterPoints().Max(point => Math.Abs(point.Y))) / high;
        }
        Assert.True(Farthest(bad) > 1.5);
        Assert.True(Farthest(new Draws(2, 100, [new DrawsVariable("mu", Shape.Scalar, Series.Normal(11, 200))])) < 1.1);
    }

    [Fact]
    public void Rootograms_need_counts_and_hang_bars_of_the_right_length()
    {
        Tensor halves = Tensor.From([1.5, 2, 3, 4]);
        Assert.Contains("whole numbers", Assert.Throws<ArgumentException>(() => Counts.Plots.PredictiveRootogram("k", halves)).Message);
        Chart chart = Counts.Plots.PredictiveRootogram("k", Tensor.From([0.0, 2, 2, 2]));
        ScottPlot.Plottables.Rectangle[] bars = [.. chart.GetPlottables().OfType<ScottPlot.Plottables.Rectangle>()];
        double[] lengths = Array.ConvertAll(bars, bar => bar.Y2 - bar.Y1);
        Close.Assert(lengths[..3], [1, 0, Math.Sqrt(3)], rtol: 1e-12, atol: 1e-12, "bars");
    }

    [Fact]
    public void The_same_draws_give_the_same_bytes()
    {
        Assert.All(["trace", "pairs", "intervals"], kind =>
        {
            Assert.Equal(Of(kind).ToPng(), Of(kind).ToPng());
            Assert.Equal(Of(kind).ToSvg(), Of(kind).ToSvg());
            Assert.Equal(Of(kind).ToPdf(), Of(kind).ToPdf());
        });
    }

    [Fact]
    public void Plots_can_be_restyled_and_points_put_onto_bands()
    {
        Chart chart = Plots.Energy();
        byte[] before = chart.ToPng();
        chart.AddDots("mine", [0], [0.2], ScottPlot.Colors.Red);
        chart.Axes.Title.Label.Text = "Mine";
        Assert.Contains("Mine", Readable(chart));
        Assert.Contains("mine", Readable(chart));
        Assert.NotEqual(before, chart.ToPng());
    }

    [Fact]
    public void Entries_with_names_are_called_by_them()
    {
        DrawsVariable named = new("theta", [2], Series.Normal(9, 40), ["schools"]) { EntryNames = [["Andover", "Choate"]] };
        Assert.Contains("theta[Andover]", Readable(new Draws(2, 10, [named]).Plots.Trace()));
    }

    /// <summary>The document with its letters joined to lines, as a reader sees them.</summary>
    private static string Readable(IPicture picture) => System.Net.WebUtility.HtmlDecode(Regex.Replace(picture.ToSvg(), @"\s+", " "));

    private static IPicture Of(string kind) => kind switch
    {
        "trace" => Plots.Trace(),
        "ranks" => Plots.RankHistograms(),
        "ecdf" => Plots.RankEcdf(),
        "densities" => Plots.Densities("mu"),
        "histograms" => Plots.Histograms(),
        "ridges" => Plots.Ridges(),
        "intervals" => Plots.Intervals(),
        "pairs" => Plots.Pairs("mu", "theta[1]"),
        "autocorrelation" => Plots.Autocorrelation("mu"),
        "energy" => Plots.Energy(),
        "redrawn" => Plots.PredictiveIntervals("theta", Tensor.From<double>([0.5, -9, 1])),
        "rootogram" => Counts.Plots.PredictiveRootogram("k", Tensor.From([0.0, 1, 2, 2])),
        "statistic" => Plots.PredictiveStatistic("theta", Tensor.From<double>([0.5, -1, 2]), values => values.Max(), "largest"),
        _ => Plots.PredictiveCheck("theta", Tensor.From<double>([0.5, -1, 2])),
    };
}
