using Pyrite.Inference.Diagnostics.Accuracy;


namespace Pyrite.Tests;

public sealed class ParetoSmoothingTests
{
    [Theory]
    [InlineData(-0.3)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_fit_finds_the_shape_and_scale_of_a_generalized_pareto_sample(double k)
    {
        // Exact quantiles of the distribution at 5,000 even probabilities, so that nothing is left to chance but the prior towards 0.5.
        double[] excesses = new double[5000];
        for (int i = 0; i < excesses.Length; i++)
        {
            excesses[i] = new ParetoFit(k, 2).Quantile((i + 0.5) / excesses.Length);
        }
        ParetoFit fit = ParetoFit.Of(excesses);
        Assert.Equal(k, fit.K, 0.02);
        Assert.Equal(2, fit.Sigma, 0.05);
    }

    [Fact]
    public void Quantiles_are_the_inverse_of_the_distribution_function()
    {
        Assert.Equal(-2 * Math.Log(0.1), new ParetoFit(0, 2).Quantile(0.9), 12);
        Assert.Equal(2 * (Math.Pow(0.1, -0.5) - 1) / 0.5, new ParetoFit(0.5, 2).Quantile(0.9), 12);
        Assert.Equal(new ParetoFit(0, 2).Quantile(0.9), new ParetoFit(1e-12, 2).Quantile(0.9), 9);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void The_shape_of_exponential_ratios_is_that_of_their_tail(double k)
    {
        // log r = k E with E unit exponential has r Pareto with tail index 1/k. Mean over 20 seeds; its standard error is about 0.01.
        double sum = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            double[] uniform = new double[10_000];
            RandomKey.FromSeed(seed).FillUniform(uniform);
            sum += ParetoSmoothing.Of(Series.Map(uniform, (_, u) => -k * Math.Log(u))).K;
        }
        Assert.Equal(k, sum / 20, 0.04);
    }

    [Fact]
    public void Smoothed_weights_estimate_a_known_mean()
    {
        // Draws from N(0, 1), target N(0.5, 1): ratios exp(x/2) up to a constant, the mean is 0.5.
        double[] draws = Series.Normal(1, 20_000);
        ParetoSmoothing smoothing = ParetoSmoothing.Of(Series.Map(draws, (_, x) => x / 2));
        double sum = 0, total = 0;
        for (int i = 0; i < draws.Length; i++)
        {
            total += Math.Exp(smoothing.LogWeights[i]);
            sum += Math.Exp(smoothing.LogWeights[i]) * draws[i];
        }
        Assert.Equal(1, total, 12);
        Assert.Equal(0.5, sum, 0.035);                                  // 4.5 standard errors
        Assert.Equal(20_000 * Math.Exp(-0.25), smoothing.EffectiveSize, 500.0);        // E[w]² / E[w²] of a lognormal of variance 1/4
        Assert.True(smoothing.IsReliable);
    }

    [Fact]
    public void Weights_below_the_tail_keep_their_ratios_and_the_order_stays()
    {
        double[] ratios = Series.Map(Series.Normal(2, 1000), (_, x) => 2 * x);
        ParetoSmoothing smoothing = ParetoSmoothing.Of(ratios);
        int[] order = [.. Enumerable.Range(0, 1000).OrderBy(i => ratios[i])];
        int tail = (int)Math.Ceiling(3 * Math.Sqrt(1000));
        for (int i = 1; i < 1000 - tail; i++)
        {
            Assert.Equal(ratios[order[i]] - ratios[order[0]], smoothing.LogWeights[order[i]] - smoothing.LogWeights[order[0]], 10);
        }
        Assert.All(Enumerable.Range(1, 999), i => Assert.True(smoothing.LogWeights[order[i]] >= smoothing.LogWeights[order[i - 1]]));
    }

    [Fact]
    public void Constants_in_the_ratios_and_zero_weights_do_not_matter()
    {
        double[] ratios = Series.Normal(3, 500);
        ratios[7] = double.NegativeInfinity;
        ParetoSmoothing plain = ParetoSmoothing.Of(ratios), shifted = ParetoSmoothing.Of(Series.Map(ratios, (_, x) => x + 5000));
        Assert.Equal(plain.K, shifted.K, 1e-6);
        Assert.Equal(double.NegativeInfinity, plain.LogWeights[7]);
    }

    [Theory]
    [InlineData(25, 0.2847)]
    [InlineData(1000, 0.6667)]
    [InlineData(2200, 0.7)]
    [InlineData(100_000, 0.7)]
    public void The_threshold_grows_with_the_draws_up_to_seven_tenths(int draws, double expected) =>
        Assert.Equal(expected, ParetoSmoothing.Threshold(draws), 4);

    [Fact]
    public void What_cannot_be_fitted_says_so()
    {
        Assert.Equal(double.PositiveInfinity, ParetoSmoothing.Of(Series.Normal(4, 20)).K);              // a tail of 4
        Assert.Equal(double.NegativeInfinity, ParetoSmoothing.Of(new double[100]).K);                   // equal weights
        Assert.Equal(100, ParetoSmoothing.Of(new double[100]).EffectiveSize, 9);
        Assert.False(ParetoSmoothing.Of([0, 1, double.NaN]).IsReliable);
        Assert.False(ParetoSmoothing.Of([0, 1, double.PositiveInfinity]).IsReliable);
        Assert.Throws<ArgumentException>(() => ParetoSmoothing.Of([]));
    }
}
