using Pyrite.Inference.Diagnostics.Statistics;
using Pyrite.Testing;


namespace Pyrite.Tests;

public sealed class SampleStatisticsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 10)]
    [InlineData(0.5, 3.5)]
    [InlineData(0.05, 1.25)]            // 1 + 0.25: between the first two of six
    [InlineData(0.95, 8.75)]
    public void Quantiles_are_linear_between_order_statistics(double probability, double expected) =>
        Assert.Equal(expected, SampleStatistics.Quantile([4, 10, 1, 2, 5, 3], probability), 12);

    [Fact]
    public void Quantiles_of_many_values_are_those_of_a_comparison_sort()
    {
        double[] values = [.. Series.Normal(1, 999), -0.0, 0.0, 1e-310, -1e300, 1e300];
        foreach (double probability in new[] { 0, 0.001, 0.3, 0.77, 0.9995, 1 })
        {
            Assert.Equal(PlainDiagnostics.Quantile(values, probability), SampleStatistics.Quantile(values, probability));
        }
        Assert.Equal([double.NegativeInfinity, 1, double.PositiveInfinity],
            SampleStatistics.Quantiles([1, double.PositiveInfinity, double.NegativeInfinity], 0, 0.5, 1));
        Assert.True(double.IsNaN(SampleStatistics.Quantile([1, double.NaN], 0.5)));
    }

    [Fact]
    public void Median_absolute_deviation_estimates_the_standard_deviation_of_normal_draws()
    {
        // median 2, distances 1 1 0 0 2 4 7, their median 1
        Assert.Equal(1.4826022185056018, SampleStatistics.MedianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9]), 12);
        Assert.Equal(3, SampleStatistics.MedianAbsoluteDeviation(Series.Map(Series.Normal(2, 40_000), (_, x) => 3 * x)), 0.06);
    }

    [Fact]
    public void Highest_density_intervals_are_those_of_known_distributions()
    {
        double[] normal = Series.Normal(3, 100_000), exponential = Series.Map(normal, (i, x) => 0);
        RandomKey.FromSeed(4).FillUniform(exponential);
        exponential = Series.Map(exponential, (_, u) => -Math.Log(u));
        (double low, double high) = SampleStatistics.HighestDensityInterval(normal, 0.9);
        Assert.Equal(-1.645, low, 0.08);
        Assert.Equal(1.645, high, 0.08);
        (low, high) = SampleStatistics.HighestDensityInterval(exponential, 0.9);
        Assert.Equal(0, low, 0.01);
        Assert.Equal(Math.Log(10), high, 0.05);
        Assert.Equal((2, 4), SampleStatistics.HighestDensityInterval([0, 2, 3, 4, 9], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleStatistics.HighestDensityInterval(normal, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(97)]
    [InlineData(256)]
    public void Autocovariances_by_fourier_transform_are_the_direct_sums(int count)
    {
        double[] x = Series.Autoregressive(5, 1, count, 0.8);
        double[] want = [.. Enumerable.Range(0, count).Select(lag => PlainDiagnostics.Autocovariance(x, lag))];
        Close.Assert(SampleStatistics.Autocovariance(x), want, rtol: 1e-11, atol: 1e-14, "autocovariance");
    }

    [Fact]
    public void Autocorrelation_of_a_long_autoregressive_series_decays_as_it_should()
    {
        double[] rho = SampleStatistics.Autocorrelation(Series.Autoregressive(6, 1, 200_000, 0.7));
        for (int lag = 0; lag < 6; lag++)
        {
            Assert.Equal(Math.Pow(0.7, lag), rho[lag], 0.02);       // 4 standard errors are 0.016 (Bartlett)
        }
        Assert.All(SampleStatistics.Autocorrelation([2, 2, 2]), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void No_angles_have_no_direction()
    {
        Assert.Equal(double.NaN, SampleStatistics.CircularMean([]));
        Assert.Equal(double.NaN, SampleStatistics.CircularStandardDeviation([]));
    }

    [Fact]
    public void Normal_scores_are_the_exact_quantiles()
    {
        for (double p = 1e-9; p < 1; p += 0.0173)
        {
            double want = Tensor.Full([], p, DType.Float64).NormalQuantile().Item();
            Assert.Equal(want, NormalScores.Quantile(p), 1e-14 * Math.Max(1, Math.Abs(want)));
        }
    }
}
