namespace Pyrite.Tests;

/// <summary>Draws that one interval does not describe: separate modes, and angles.</summary>
public sealed class SummaryModesTests
{
    private const int Count = 20_000;

    private static readonly double[] TwoModes = Series.Map(Series.Normal(1, Count), (i, x) => i % 2 == 0 ? x - 6 : x + 6);

    /// <summary>Angles around π with standard deviation 0.3, wrapped to [-π, π).</summary>
    private static readonly double[] Angles = Series.Map(Series.Normal(2, Count), (_, x) => Math.IEEERemainder(Math.PI + (0.3 * x), 2 * Math.PI));

    [Fact]
    public void Two_separate_modes_have_two_intervals()
    {
        (double Low, double High)[] regions = SampleStatistics.HighestDensityRegions(TwoModes, 0.9);
        // Each mode is Normal(±6, 1) and holds its own 90 %: ±6 ± 1.644854 (the 95 % quantile of the Normal); the kernels widen them by less than a
        // tenth.
        Assert.Equal(2, regions.Length);
        Assert.Equal([-7.644854, -4.355146, 4.355146, 7.644854], [regions[0].Low, regions[0].High, regions[1].Low, regions[1].High],
            (a, b) => Math.Abs(a - b) < 0.1);
        int held = TwoModes.Count(x => regions.Any(region => x >= region.Low && x <= region.High));
        Assert.InRange(held / (double)Count, 0.89, 0.92);
    }

    [Fact]
    public void One_mode_has_one_interval()
    {
        (double low, double high) = Assert.Single(SampleStatistics.HighestDensityRegions(Series.Normal(3, Count), 0.9));
        Assert.Equal(-1.644854, low, 0.1);
        Assert.Equal(1.644854, high, 0.1);
    }

    [Fact]
    public void Modes_of_unequal_weight_share_the_probability_by_their_height()
    {
        double[] values = Series.Map(Series.Normal(4, Count), (i, x) => i % 4 == 0 ? 10 + (0.5 * x) : x);
        (double Low, double High)[] regions = SampleStatistics.HighestDensityRegions(values, 0.8);
        double inner = Probability(values, regions[0]), outer = Probability(values, regions[1]);
        Assert.Equal(2, regions.Length);
        Assert.Equal(0.8, inner + outer, 0.02);
        // The heights at all four ends are the threshold: φ(x)·3/4 = φ((x - 10)/0.5)·(1/4)/0.5.
        Assert.Equal(0.75 * Density(regions[0].High), 0.5 * Density((regions[1].High - 10) / 0.5), 0.02);
    }

    [Fact]
    public void A_summary_shows_separate_intervals_on_request_and_hints_at_them_otherwise()
    {
        Draws draws = new(4, Count / 4, [new DrawsVariable("x", Shape.Scalar, TwoModes)]);
        Summary plain = draws.Summary(new SummaryOptions { HdiProbability = 0.9 }),
            asked = draws.Summary(new SummaryOptions { HdiProbability = 0.9, IsMultimodal = true });
        Assert.Contains("x: hardly a draw lies between", plain.Advice.Single());
        Assert.Contains("IsMultimodal", draws.Summary().Advice.Single());
        Assert.Empty(asked.Advice);
        Assert.Equal(2, asked["x"].HdiRegions!.Count);
        Assert.Matches(@"-7\.\d+ to -4\.\d+, 4\.\d+ to 7\.\d+", asked.ToString());
        Assert.Throws<ArgumentException>(() => draws.Summary(new SummaryOptions { IsMultimodal = true }));
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("uniform")]
    [InlineData("cauchy")]
    [InlineData("lognormal")]
    [InlineData("two near modes")]
    public void Other_shapes_give_no_hint(string shape)
    {
        double[] values = Series.Map(Series.Normal(5, 4000), (i, x) => shape switch
        {
            "uniform" => i * 0.618033988749895 % 1,
            "cauchy" => Math.Tan(Math.PI * ((i * 0.618033988749895 % 1) - 0.5)),
            "lognormal" => Math.Exp(1.5 * x),
            "two near modes" => i % 2 == 0 ? x : x + 2.5,
            _ => x,
        });
        Draws draws = new(4000, [new DrawsVariable("x", Shape.Scalar, values)]);
        Assert.Empty(draws.Summary().Advice);
        Assert.Empty(draws.Summary(new SummaryOptions { HdiProbability = 0.9 }).Advice);
    }

    [Fact]
    public void Angles_around_pi_have_their_mean_there()
    {
        // Wrapped Normal(π, 0.3): mean direction π, circular sd √(-2 ln exp(-σ²/2)) = σ = 0.3; Mardia and Jupp (2000), section 3.5.7.
        Assert.Equal(Math.PI, Math.Abs(SampleStatistics.CircularMean(Angles)), 0.01);
        Assert.Equal(0.3, SampleStatistics.CircularStandardDeviation(Angles), 0.01);
        (double low, double high) = SampleStatistics.CircularHighestDensityInterval(Angles, 0.9);
        Assert.Equal(Math.PI - (0.3 * 1.644854), low, 0.05);
        Assert.Equal(Math.PI + (0.3 * 1.644854), high, 0.05);
        Assert.True(double.IsNaN(SampleStatistics.CircularMean([1, double.NaN])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Summaries_treat_angles_as_such(bool isOfCircularSite)
    {
        Draws draws = new(4, Count / 4, [new DrawsVariable("phase", Shape.Scalar, Angles) { IsCircular = isOfCircularSite }]);
        Summary summary = draws.Summary(new SummaryOptions { HdiProbability = 0.9, Circular = isOfCircularSite ? [] : ["phase"] });
        SummaryRow row = summary["phase"];
        Assert.True(row.IsCircular);
        Assert.Equal(Math.PI, Math.Abs(row.Mean), 0.01);
        Assert.Equal(0.3, row.StandardDeviation, 0.01);
        Assert.InRange(row.RHat, 0.99, 1.01);
        Assert.Equal(row.Mean, row.Quantiles[1], 0.02);
        Assert.Contains("Angles in radians, with circular mean, sd and intervals: phase.", summary.ToString());
        Assert.Empty(summary.Advice);
        Assert.Throws<ArgumentException>(() => draws.Summary(new SummaryOptions { Circular = ["fase"] }));
    }

    [Fact]
    public void Sites_of_the_von_Mises_family_are_circular_through_plates_and_masks()
    {
        VonMises angle = new(Tensor.From([3.1, 0.0]), 4);
        Assert.True(
            angle.IsCircular && angle.ToEvent(1).IsCircular && angle.Expand([3, 2]).IsCircular && angle.Mask(Tensor.From([true, false])).IsCircular);
        Assert.False(new Normal(0, 1).IsCircular);
        Draws draws = Predictive.Draw<int>(_ => Primitives.Sample("angle", new VonMises(Math.PI, 40)), 0, draws: 2000, seed: 1);
        Assert.Equal(Math.PI, Math.Abs(draws.Summary()["angle"].Mean), 0.05);
    }

    private static double Probability(double[] values, (double Low, double High) region) =>
        values.Count(x => x >= region.Low && x <= region.High) / (double)values.Length;

    private static double Density(double z) => Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
}
