using Pyrite.Inference.Samplers.Metrics;

namespace Pyrite.Tests;

/// <summary>Metrics with correlations: velocities, momenta and estimates against calculations by hand.</summary>
public sealed class MetricTests
{
    [Fact]
    public void Velocities_are_the_products_of_covariance_and_momentum()
    {
        double[] p = [1, -2, 3];
        Assert.Equal([2, -1, 6], Velocity(Metric.Diagonal(2, 0.5, 2), p));
        Assert.Equal([2 - 1.2, 0.6 - 2 + 0.9, -0.6 + 1.5],
            Velocity(Metric.Dense(new double[,] { { 2, 0.6, 0 }, { 0.6, 1, 0.3 }, { 0, 0.3, 0.5 } }), p), Near);

        // Numbers 2 and 0 belong together, 1 is alone.
        Assert.Equal([(2 * 1) + (0.4 * 3), 0.5 * -2, (0.4 * 1) + (1.5 * 3)],
            Velocity(new BlockMetric([2, 0.5, 1.5], [([2, 0], [1.5, 0.4, 0.4, 2])]), p), Near);
    }

    [Fact]
    public void Momenta_of_blocks_have_the_inverse_covariance()
    {
        Metric metric = new BlockMetric([2, 0.5, 1.5, 1], [([2, 0], [1.5, 0.4, 0.4, 2]), ([3], [1])]);
        const int Count = 20_000, Size = 4;
        double[] p = new double[Size], v = new double[Size], products = new double[Size * Size];
        for (int i = 0; i < Count; i++)
        {
            metric.DrawMomentum(RandomKey.FromSeed(6).Child(i), p);
            metric.Velocity(p, v);
            for (int k = 0; k < products.Length; k++)
            {
                products[k] += p[k / Size] * v[k % Size] / Count;
            }
        }
        for (int k = 0; k < products.Length; k++)
        {
            // E[p (M⁻¹ p)ᵀ] = I; standard errors are at most 0.015, six of them.
            Assert.InRange(products[k] - (k % (Size + 1) == 0 ? 1 : 0), -0.09, 0.09);
        }
    }

    [Fact]
    public void Estimates_of_all_structures_are_the_shrunk_sample_covariances()
    {
        const int Count = 30, Size = 4;
        double[][] positions =
            [.. Enumerable.Range(0, Count).Select(i => Series.Normal((ulong)i, Size))
                .Select(z => new[] { z[0], (0.5 * z[0]) + z[1], 100 + (3 * z[2]), z[3] - z[1] })];
        double Covariance(int i, int j)
        {
            double meanI = positions.Average(x => x[i]), meanJ = positions.Average(x => x[j]);
            double sample = positions.Sum(x => (x[i] - meanI) * (x[j] - meanJ)) / (Count - 1);
            return (Count / (Count + 5.0) * sample) + (i == j ? 1e-3 * 5 / (Count + 5.0) : 0);
        }
        Check([], (i, j) => i == j);
        Check([[0, 1, 2, 3]], (_, _) => true);
        Check([[3, 1], [0]], (i, j) => i == j || (i is 1 or 3 && j is 1 or 3));

        void Check(int[][] blocks, Func<int, int, bool> isKept)
        {
            BlockEstimate estimate = new(new StateNumbers(), Size, blocks);
            estimate.Add([9, 9, 9, 9]);
            estimate.Clear();
            foreach (double[] position in positions)
            {
                estimate.Add(position);
            }
            Assert.Equal(Count, estimate.Count);
            Metric metric = estimate.Metric();
            for (int j = 0; j < Size; j++)
            {
                double[] unit = new double[Size];
                unit[j] = 1;
                double[] column = Velocity(metric, unit);
                for (int i = 0; i < Size; i++)
                {
                    Assert.Equal(isKept(i, j) ? Covariance(i, j) : 0, column[i], 10);
                }
                Assert.Equal(Covariance(j, j), metric.Variances[j], 10);
            }
        }
    }

    [Fact]
    public void The_step_size_restarts_after_each_slow_window_and_is_averaged_at_the_end()
    {
        // 50 transitions: windows (0, 6), (7, 44), (45, 49). By hand from the acceptance probabilities that transitions reported.
        const int Warmup = 50, EndOfWindow = 44;
        Nuts sampler = new();
        Potential potential = Potential.Of(McmcModels.Scaled);
        ChainState state = sampler.Start(potential, [0.1, 0.2], Warmup, RandomKey.FromSeed(3));
        StepSizeAdaptation rule = StepSizeAdaptation.DualAveraging;
        double[] byHand = new double[rule.StateSize];
        rule.Restart(byHand, HamiltonianSampler.StepSizeOf(state));
        for (int i = 0; i < Warmup; i++)
        {
            state = sampler.Step(potential, state);
            rule.Update(byHand, state.Last.AcceptanceProbability, sampler.TargetAcceptance);
            double now = HamiltonianSampler.StepSizeOf(state);
            if (i == EndOfWindow)
            {
                // Doubled or halved from where it was until one step crosses 0.8.
                double doublings = Math.Log2(now / rule.Current(byHand));
                Assert.Equal(Math.Round(doublings), doublings, 9);
                rule.Restart(byHand, now);
                continue;
            }
            Assert.Equal(i == Warmup - 1 ? rule.Settled(byHand) : rule.Current(byHand), now, 12);
        }
        double settled = HamiltonianSampler.StepSizeOf(state);
        state = sampler.Step(potential, state);
        Assert.Equal(settled, HamiltonianSampler.StepSizeOf(state));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-13;

    private static double[] Velocity(Metric metric, double[] momentum)
    {
        double[] velocity = new double[momentum.Length];
        metric.Velocity(momentum, velocity);
        return velocity;
    }
}
