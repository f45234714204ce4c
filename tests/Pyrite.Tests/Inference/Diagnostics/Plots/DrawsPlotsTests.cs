using Pyrite.Inference.Diagnostics.Plots;
using Pyrite.Plotting;
using Pyrite.Testing;

namespace Pyrite.Tests;

public sealed class DrawsPlotsTests
{
    private static readonly Draws Posterior =
        new(2, 100, [new DrawsVariable("mu", Shape.Scalar, Series.Normal(1, 200)), new DrawsVariable("theta", [3], Series.Normal(2, 600))]);

    private static readonly DrawsPlots Plots = new(Posterior, new Draws(2, 100,
    [
        new DrawsVariable(SamplerColumns.Divergent, Shape.Scalar, [.. Enumerable.Range(0, 200).Select(i => i % 50 == 0 ? 1.0 : 0)]),
        new DrawsVariable(SamplerColumns.Energy, Shape.Scalar, Series.Normal(3, 200)),
    ]));

    public static TheoryData<string> Kinds => ["trace", "ranks", "densities", "intervals", "pairs", "autocorrelation", "energy", "check"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_plot_says_what_its_axes_are_and_draws_only_finite_numbers(string kind)
    {
        string svg = Of(kind).ToSvg();
        string[] expected = kind switch
        {
            "trace" => ["Traces", "draw", "mu", "theta[2]", "chain 0", "chain 1"],
            "ranks" => ["rank", "count", "mu, chain 0", "theta[2], chain 1"],
            "densities" => ["density", "kernel bandwidth", "chain 1"],
            "intervals" => ["value", "mu", "theta[0]", "median, middle 50 % and 90 %"],
            "pairs" => ["Pairs (orange: 4 divergent transitions)", "mu", "theta[1]"],
            "autocorrelation" => ["lag", "mu", "independent"],
            "energy" => ["density", "energy - mean", "change between draws", "lowest E-BFMI"],
            _ => ["Posterior predictive check of theta", "50 draws from the model", "data (kernel bandwidth", "density"],
        };
        Assert.All(expected, text => Assert.Contains(text.Replace("'", "&apos;"), svg));
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
        Picture[] pictures =
            [draws.Plots.Trace(), draws.Plots.RankHistograms(), draws.Plots.Densities(), draws.Plots.Intervals(), draws.Plots.Pairs(),
                draws.Plots.Autocorrelation()];
        Assert.All(pictures, picture => Assert.DoesNotContain("chain", picture.ToSvg()));
        Assert.All(pictures, picture => Assert.Contains("bad (2 of 50 draws not finite)", picture.ToSvg()));
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

    private static Picture Of(string kind) => kind switch
    {
        "trace" => Plots.Trace(),
        "ranks" => Plots.RankHistograms(),
        "densities" => Plots.Densities("mu"),
        "intervals" => Plots.Intervals(),
        "pairs" => Plots.Pairs("mu", "theta[1]"),
        "autocorrelation" => Plots.Autocorrelation("mu"),
        "energy" => Plots.Energy(),
        _ => Plots.PredictiveCheck("theta", Tensor.From<double>([0.5, -1, 2])),
    };
}
