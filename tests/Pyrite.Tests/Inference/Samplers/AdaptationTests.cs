namespace Pyrite.Tests;

public sealed class AdaptationTests
{
    [Theory]
    [InlineData(18, "0-17")]
    [InlineData(50, "0-6 7-44 45-49")]
    [InlineData(150, "0-74 75-99 100-149")]
    [InlineData(280, "0-74 75-99 100-229 230-279")]
    [InlineData(1000, "0-74 75-99 100-149 150-249 250-449 450-949 950-999")]
    [InlineData(0, "")]
    public void Warm_up_is_divided_as_in_Stan(int warmup, string windows) =>
        Assert.Equal(windows, string.Join(' ', WarmupWindows.Of(warmup).Select(window => $"{window.First}-{window.Last}")));

    [Fact]
    public void Dual_averaging_follows_the_recursion_by_hand()
    {
        StepSizeAdaptation adaptation = StepSizeAdaptation.DualAveraging;
        double[] state = new double[adaptation.StateSize];
        adaptation.Restart(state, 0.5);
        Assert.Equal(0.5, adaptation.Current(state));
        double error = 0, average = 0;
        double[] accepted = [0.9, 0.2, 1.7, double.NaN, 0.8];
        for (int m = 1; m <= accepted.Length; m++)
        {
            double a = double.IsNaN(accepted[m - 1]) ? 0 : Math.Min(1, accepted[m - 1]);
            error = ((1 - (1.0 / (m + 10))) * error) + ((0.8 - a) / (m + 10));
            double x = Math.Log(5) - (Math.Sqrt(m) / 0.05 * error);
            average = (Math.Pow(m, -0.75) * x) + ((1 - Math.Pow(m, -0.75)) * average);
            adaptation.Update(state, accepted[m - 1], 0.8);
            Assert.Equal(Math.Exp(x), adaptation.Current(state), 12);
            Assert.Equal(Math.Exp(average), adaptation.Settled(state), 12);
        }
    }

    [Fact]
    public void A_metric_is_estimated_in_slow_windows_and_shrunk_as_in_Stan()
    {
        // Window (7, 44) of 50 transitions holds 38 positions.
        Potential potential = Potential.Of(McmcModels.Scaled);
        Nuts sampler = new();
        ChainState state = sampler.Start(potential, [0.1, 0.2], 50, RandomKey.FromSeed(3));
        List<double[]> window = [];
        for (int i = 0; i < 50; i++)
        {
            state = sampler.Step(potential, state);
            if (i is >= 7 and <= 44)
            {
                window.Add(state.Position.ToArray());
            }
        }
        Metric metric = HamiltonianSampler.MetricOf(state);
        for (int k = 0; k < 2; k++)
        {
            double mean = window.Average(x => x[k]), variance = window.Sum(x => (x[k] - mean) * (x[k] - mean)) / 37;
            Assert.Equal((38 / 43.0 * variance) + (1e-3 * 5 / 43), metric.Variances[k], 10);
        }
    }

    [Fact]
    public void Eighteen_transitions_estimate_no_metric_and_adaptation_can_be_switched_off()
    {
        Potential potential = Potential.Of(McmcModels.Scaled);
        Assert.Equal([1, 1], Walk(new Nuts(), 18).Variances);
        Assert.NotEqual([1, 1], Walk(new Nuts(), 20).Variances);
        Assert.Equal([2, 3], Walk(new Nuts(metric: Metric.Diagonal(2, 3), adaptMetric: false), 100).Variances);
        Nuts fixedStep = new(stepSize: 0.25, adaptStepSize: false);
        ChainState state = fixedStep.Start(potential, [0, 0], 100, RandomKey.FromSeed(1));
        for (int i = 0; i < 100; i++)
        {
            state = fixedStep.Step(potential, state);
            Assert.Equal(0.25, state.Last.StepSize);
        }

        Metric Walk(Nuts sampler, int warmup)
        {
            ChainState chain = sampler.Start(potential, [0, 0], warmup, RandomKey.FromSeed(1));
            for (int i = 0; i < warmup; i++)
            {
                chain = sampler.Step(potential, chain);
            }
            return HamiltonianSampler.MetricOf(chain);
        }
    }

    [Fact]
    public void Momenta_have_the_inverse_of_the_metric_as_their_covariance()
    {
        Metric metric = Metric.Dense(new double[,] { { 2, 0.6, 0 }, { 0.6, 1, 0.3 }, { 0, 0.3, 0.5 } });
        const int Count = 20_000;
        double[] p = new double[3], v = new double[3], products = new double[9];
        for (int i = 0; i < Count; i++)
        {
            metric.DrawMomentum(RandomKey.FromSeed(5).Child(i), p);
            metric.Velocity(p, v);

            // E[p (M⁻¹ p)ᵀ] = M M⁻¹ = I.
            for (int k = 0; k < 9; k++)
            {
                products[k] += p[k / 3] * v[k % 3] / Count;
            }
        }
        for (int k = 0; k < 9; k++)
        {
            // Standard errors are at most sqrt(2 + condition) / sqrt(20,000), about 0.03; five of them.
            Assert.InRange(products[k] - (k % 4 == 0 ? 1 : 0), -0.15, 0.15);
        }
    }
}
