using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class McmcTests
{
    [Fact]
    public void A_Gaussian_chain_has_its_exact_moments()
    {
        McmcResult posterior = Mcmc.Run(McmcModels.Chain, new Nuts(), chains: 4, warmup: 300, draws: 2000, seed: 1);
        (string Name, double Mean, double Variance)[] expected = [("x1", 0.25, 0.75), ("x2", 0.5, 1), ("x3", 0.75, 0.75)];
        Summary summary = posterior.Summary();
        foreach ((string name, double mean, double variance) in expected)
        {
            SummaryRow row = summary[name];
            Assert.InRange(row.Mean - mean, -4 * row.McseMean, 4 * row.McseMean);
            Assert.InRange(row.StandardDeviation - Math.Sqrt(variance), -4 * row.McseStandardDeviation, 4 * row.McseStandardDeviation);
            Assert.True(row.RHat < 1.01);
        }
        Assert.Equal(0, posterior.Divergences);
        Assert.Equal([4, 2000], posterior["x1"].Shape.Sizes.ToArray());
    }

    [Fact]
    public void The_rate_of_counts_without_zeros_has_its_exact_moments()
    {
        // Moments: quadrature of the density l e^-l Π l^y e^-l / (1 - e^-l).
        Tensor y = Tensor.From([1, 1, 2, 1, 3, 1, 1, 2, 1, 1, 2, 4]);
        McmcResult posterior = Mcmc.Run(
            () =>
            {
                Tensor rate = Sample("l", new Gamma(2, 1));
                using (Plate("rows", 12))
                {
                    Sample("y", new Truncated(new Poisson(rate), low: 1), observed: y);
                }
            }, new Nuts(), chains: 2, warmup: 300, draws: 1500, seed: 11);
        SummaryRow row = posterior.Summary()["l"];
        Assert.InRange(row.Mean - 1.209099, -4 * row.McseMean, 4 * row.McseMean);
        Assert.InRange(row.StandardDeviation - 0.357914, -4 * row.McseStandardDeviation, 4 * row.McseStandardDeviation);
        Assert.True(row.McseMean < 0.02 && row.RHat < 1.01, $"{row.McseMean}, {row.RHat}");
    }

    [Fact]
    public void Chains_give_the_same_bits_side_by_side_and_one_by_one()
    {
        static McmcResult Run(int threads)
        {
            using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
            return Mcmc.Run(McmcModels.EightSchools, new Nuts(jitter: 0.1), chains: 3, warmup: 100, draws: 100, seed: 5);
        }
        McmcResult together = Run(2), alone = Run(1);
        Assert.Equal(together["theta"].ToArray<double>(), alone["theta"].ToArray<double>());
        Assert.Equal(together.Statistics[SamplerColumns.Energy].ToArray<double>(), alone.Statistics[SamplerColumns.Energy].ToArray<double>());
        Assert.NotEqual(together["mu"].ToArray<double>()[..100], together["mu"].ToArray<double>()[100..200]);
    }

    [Fact]
    public void Badly_scaled_and_correlated_Gaussians_are_sampled_with_a_dense_metric()
    {
        // Condition 1e4: standard deviations 0.01 and 1 with correlation 0.9.
        Tensor factor = Tensor.From(new double[,] { { 0.01, 0 }, { 0.9, Math.Sqrt(0.19) } });
        McmcResult posterior = Mcmc.Run(
            () => Sample("x", new MultivariateNormal(Tensor.Zeros(2), scaleTril: factor)), new Nuts(structure: MetricStructure.Dense), warmup: 500,
                draws: 1500, seed: 2);
        Summary summary = posterior.Summary();
        Assert.InRange(summary["x[0]"].StandardDeviation, 0.0093, 0.0107);
        Assert.InRange(summary["x[1]"].StandardDeviation, 0.93, 1.07);
        double[] draws = posterior["x"].ToArray<double>();
        double product = 0;
        for (int i = 0; i < draws.Length; i += 2)
        {
            product += draws[i] * draws[i + 1] / (draws.Length / 2 * 0.01);
        }
        Assert.InRange(product, 0.8, 1.0);
        Assert.True(posterior.Statistics.Scalar(SamplerColumns.TreeDepth).Average() < 3.5);
    }

    [Fact]
    [Trait("Once", "Cultures")]
    public void Constrained_parameters_follow_their_distributions()
    {
        // Kolmogorov and Smirnov at a false-alarm rate of 1e-4 each: 2.23 / √n for n nearly independent draws.
        McmcResult posterior = Mcmc.Run(McmcModels.Bounded, new Nuts(), warmup: 400, draws: 2000, seed: 3, thinning: 3);
        Check(posterior.Draws.Scalar("u"), x => (x + 1) / 4);
        Check(posterior.Draws.Scalar("g"), x => 1 - (Math.Exp(-3 * x) * (1 + (3 * x))));
        Check(posterior.Draws.Scalar("p[0]"), x => 1 - Math.Pow(1 - x, 5));
        Assert.Equal(0, posterior.Divergences);

        static void Check(double[] draws, Func<double, double> cdf)
        {
            double[] sorted = [.. draws.Order()];
            double distance = 0;
            for (int i = 0; i < sorted.Length; i++)
            {
                distance = Math.Max(distance, Math.Max(cdf(sorted[i]) - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - cdf(sorted[i])));
            }
            Assert.True(distance < 2.23 / Math.Sqrt(sorted.Length), $"distance {distance}");
        }
    }

    [Fact]
    public void Correlations_under_a_flat_LKJ_prior_are_Beta()
    {
        // Three dimensions, concentration 1: (r + 1) / 2 ~ Beta(3/2, 3/2).
        McmcResult posterior = Mcmc.Run(() =>
        {
            Tensor factor = Sample("L", new LKJCholesky(3, 1));
            Deterministic("r", factor.MatMul(factor.Transpose(-1, -2)));
        }, new Nuts(), warmup: 400, draws: 1500, seed: 4);
        foreach (string entry in (string[])["r[1,0]", "r[2,0]", "r[2,1]"])
        {
            double[] r = posterior.Draws.Scalar(entry);

            // Variance of r: 4 · (1/4) / 4 = 1/4.
            Assert.InRange(r.Average(), -0.04, 0.04);
            Assert.InRange(r.Average(x => x * x), 0.225, 0.275);
        }
    }

    [Theory]
    [InlineData("hmc")]
    [InlineData("walk")]
    [InlineData("slice")]
    public void Other_samplers_agree(string name)
    {
        Sampler sampler = name switch { "hmc" => new Hmc(trajectoryLength: 1.5, jitter: 0.2), "walk" => new RandomWalk(), _ => new SliceSampler() };
        McmcResult posterior = Mcmc.Run(McmcModels.Chain, sampler, warmup: 500, draws: 3000, seed: 6, thinning: name == "walk" ? 10 : 1);
        Summary summary = posterior.Summary();
        Assert.InRange(summary["x2"].Mean - 0.5, -4 * summary["x2"].McseMean, 4 * summary["x2"].McseMean);
        Assert.InRange(summary["x2"].StandardDeviation, 0.9, 1.1);
        Assert.True(summary["x2"].RHat < 1.02);
    }

    [Fact]
    public void A_funnel_is_sampled_without_divergences_where_it_is_not_centred()
    {
        McmcResult posterior = Mcmc.Run(() =>
        {
            Tensor v = Sample("v", new Normal(0, 3));
            using (Plate("rows", 9))
            {
                Deterministic("x", Sample("z", new Normal(0, 1)) * (0.5 * v).Exp());
            }
        }, new Nuts(), warmup: 300, draws: 1000, seed: 7);
        SummaryRow v = posterior.Summary()["v"];
        Assert.InRange(v.Mean, -4 * v.McseMean, 4 * v.McseMean);
        Assert.InRange(v.StandardDeviation, 2.7, 3.3);
        Assert.Equal(0, posterior.Divergences);
    }

    [Fact]
    public void Progress_is_told_until_the_last_transition()
    {
        List<McmcProgress> told = [];
        McmcResult posterior = Mcmc.Run(
            McmcModels.Scaled, new Nuts(), chains: 1, warmup: 0, draws: 50, seed: 8, progress: new Listener(told),
            start: InitialValues.Of(new Dictionary<string, Tensor> { ["a"] = 3.05, ["b"] = -40.0 }));
        Assert.Equal(50, told[^1].Transitions);
        Assert.False(told[^1].IsWarmup);
        Assert.InRange(posterior.Draws.Scalar("a")[0], 2.5, 3.5);
    }

    [Fact]
    public void The_summary_names_plates()
    {
        McmcResult posterior = Mcmc.Run(McmcModels.EightSchools, new Nuts(0.95), chains: 2, warmup: 100, draws: 50, seed: 9);
        Assert.Equal(["schools"], posterior.Draws.Variable("theta").Dimensions);
        Assert.Contains("tau", posterior.Summary().ToString());
    }

    private sealed class Listener(List<McmcProgress> told) : IProgress<McmcProgress>
    {
        public void Report(McmcProgress value) => told.Add(value);
    }
}
