using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class ScoreFunctionTests
{
    private const int Copies = 2000;

    // b1 ~ Bernoulli(0.4), b2 ~ Bernoulli(b1 ? 0.8 : 0.3), y1 ~ N(b1, 1), y2 ~ N(2 b2, 1); guide: p1, and p2 or p3 after b1 = 1.
    private static readonly double[] Guides = [0.3, 0.6, 0.7];

    [Theory]
    [InlineData("trace", false, 1)]
    [InlineData("graph", false, 1)]
    [InlineData("trace", true, 1)]
    [InlineData("graph", true, 2)]
    public void Discrete_gradients_are_those_of_the_enumerated_loss(string objective, bool hasBaseline, int particles)
    {
        Moments[] found = Run(objective == "graph" ? new TraceGraphElbo(particles) : new TraceElbo(particles), hasBaseline);
        for (int i = 0; i < 3; i++)
        {
            const double h = 1e-5;
            double[] up = [.. Guides], down = [.. Guides];
            up[i] += h;
            down[i] -= h;
            found[i].AssertMean((Enumerated(up) - Enumerated(down)) / (2 * h), hasBaseline ? 0.1 : 0.25);
        }
    }

    [Fact]
    public void Costs_that_do_not_follow_and_baselines_are_left_out_of_the_variance()
    {
        double plain = Run(new TraceElbo(), false)[1].Variance;
        double graph = Run(new TraceGraphElbo(), false)[1].Variance;
        double both = Run(new TraceGraphElbo(), true)[1].Variance;
        Assert.True(graph < 0.8 * plain, $"graph {graph}, plain {plain}");
        Assert.True(both < 0.8 * graph, $"with baseline {both}, without {graph}");
    }

    [Fact]
    public void An_importance_weighted_bound_of_discrete_draws_has_the_enumerated_gradient()
    {
        GradientProbe probe = new();
        Svi<int> svi = new(
            _ => Sample("y", new Normal(2 * Sample("b", new Bernoulli(0.4)).To(DType.Float32), 1), observed: 1.5),
            _ => Sample("b", new Bernoulli(Param("p", 0.3))), probe, new ImportanceWeightedElbo(2), seed: 3);
        Moments gradient = new();
        for (int step = 0; step < 6000; step++)
        {
            svi.Step(0);
            gradient.Add(probe.Of(svi, "p")[0]);
        }
        const double h = 1e-5;
        gradient.AssertMean((Bound(0.3 + h) - Bound(0.3 - h)) / (2 * h));

        static double Bound(double p)
        {
            double Weight(int b) => (b == 1 ? 0.4 / p : 0.6 / (1 - p)) * Math.Exp(-0.5 * (1.5 - (2 * b)) * (1.5 - (2 * b)));
            double total = 0;
            foreach ((int a, int b) in (ReadOnlySpan<(int, int)>)[(0, 0), (0, 1), (1, 0), (1, 1)])
            {
                total -= (a == 1 ? p : 1 - p) * (b == 1 ? p : 1 - p) * Math.Log((Weight(a) + Weight(b)) / 2);
            }
            return total;
        }
    }

    [Fact]
    public void A_network_baseline_learns_the_cost_by_its_own_loss()
    {
        Linear prediction = new(1, 1);
        Baseline baseline = new() { Network = prediction, Input = Tensor.Ones(1) };
        Svi<int> svi = new(
            _ => Sample("y", new Normal(Sample("b", new Bernoulli(0.5)).To(DType.Float32), 1), observed: 20.0),
            _ => Sample("b", new Bernoulli(Param("p", 0.5)), options: SiteOptions.None.With(baseline)), new Adam(0.0), new TraceElbo(), seed: 3)
        {
            Groups = [new ParameterGroup(name => name.StartsWith("baseline."), new Adam(0.5))],
        };
        double mean = svi.Run(0, 800).Losses.Average();
        Assert.Equal(mean, prediction.Forward(Tensor.Ones(1)).Item(), 3.0);
        Assert.Equal(0.5, svi.Parameters["p"].Item());
    }

    [Fact]
    public void A_given_baseline_that_equals_the_cost_leaves_no_gradient()
    {
        GradientProbe probe = new();
        Svi<int> svi = new(
            _ => Sample("k", new Bernoulli(0.25)),
            _ => Sample("k", new Bernoulli(Param("p", 0.25)), options: SiteOptions.None.With(new Baseline { Value = 0.0 })), probe, new TraceElbo(),
                seed: 3);
        for (int step = 0; step < 4; step++)
        {
            // log q - log p is 0, so only the explicit gradient of log q is left: 1 / p or -1 / (1 - p).
            Assert.Equal(0, svi.Step(0), 6);
            Assert.Contains(Math.Round(probe.Of(svi, "p")[0], 3), new[] { 4, -1.333 });
        }
    }

    private static Moments[] Run(Elbo objective, bool hasBaseline)
    {
        SiteOptions options = hasBaseline ? SiteOptions.None.With(new Baseline { Decay = 0.9 }) : SiteOptions.None;
        GradientProbe probe = new();
        Svi<int> svi = new(Model, Guide, probe, objective, seed: 6);
        Moments[] found = [new(), new(), new()];
        for (int step = 0; step < 30; step++)
        {
            svi.Step(0);
            double[] gradient = probe.Of(svi, "p");
            for (int i = 0; i < gradient.Length && step > 2; i++)
            {
                found[i / Copies].Add(gradient[i]);
            }
        }
        return found;

        static void Model(int _)
        {
            using PlateScope copies = Plate("copies", Copies);
            Tensor b1 = Sample("b1", new Bernoulli(0.4)).To(DType.Float32);
            Tensor b2 = Sample("b2", new Bernoulli(0.3 + (0.5 * b1))).To(DType.Float32);
            Sample("y1", new Normal(b1, 1), observed: -1.5);
            Sample("y2", new Normal(2 * b2, 1), observed: 1.5);
        }

        void Guide(int _)
        {
            Tensor p = Param("p", Tensor.From(Guides).To(DType.Float32).Unsqueeze(1).BroadcastTo([3, Copies]));
            using PlateScope copies = Plate("copies", Copies);
            Tensor b1 = Sample("b1", new Bernoulli(p.Select(0, 0)), options: options);
            Sample("b2", new Bernoulli(Tensor.Where(b1 > 0.5, p.Select(0, 2), p.Select(0, 1))), options: options);
        }
    }

    /// <summary>The expected loss as a sum over both draws.</summary>
    private static double Enumerated(double[] p)
    {
        double total = 0;
        foreach ((int a, int b) in (ReadOnlySpan<(int, int)>)[(0, 0), (0, 1), (1, 0), (1, 1)])
        {
            double after = a == 1 ? p[2] : p[1], prior = a == 1 ? 0.8 : 0.3;
            double q = (a == 1 ? p[0] : 1 - p[0]) * (b == 1 ? after : 1 - after);
            double joint =
                Math.Log((a == 1 ? 0.4 : 0.6) * (b == 1 ? prior : 1 - prior)) - (0.5 * (-1.5 - a) * (-1.5 - a))
                    - (0.5 * (1.5 - (2 * b)) * (1.5 - (2 * b)));
            total += q * (Math.Log(q) - joint);
        }
        return total;
    }
}
