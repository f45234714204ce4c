using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class StatementTests
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    [Fact]
    public void Missing_entries_become_a_latent_site_and_the_whole_a_deterministic_one()
    {
        Tensor data = Tensor.From(new[] { 1.0, double.NaN, 3 });
        Trace trace = Inspect.Check(() =>
        {
            using (Plate("rows", 3))
            {
                Tensor y = Sample("y", new Normal(0, 1), observed: data, observedMask: !data.IsNan());
                Assert.True(y.AllFinite());
            }
        });
        SampleSite seen = (SampleSite)trace["y_observed"], missing = (SampleSite)trace["y_unobserved"];
        Assert.True(seen.IsObserved);
        Assert.False(missing.IsObserved);
        Assert.Equal([1, missing.Value[1].Item(), 3], trace["y"].Value.ToArray<double>());
        Assert.Equal(-0.5 - HalfLogTwoPi - 4.5 - HalfLogTwoPi, seen.LogProb().Sum().Item(), 10);
        Assert.Equal((-0.5 * Math.Pow(missing.Value[1].Item(), 2)) - HalfLogTwoPi, missing.LogProb().Sum().Item(), 5e-6);
    }

    [Fact]
    public void Missing_events_are_whole_events()
    {
        Tensor data = Tensor.Ones(3, 2);
        Trace trace = Inspect.Check(() =>
        {
            using (Plate("rows", 3))
            {
                Sample("y", new Normal(Tensor.Zeros(2), 1).ToEvent(1), observed: data, observedMask: Tensor.From(new[] { true, true, false }));
            }
        });
        Assert.Equal([1.0, 1, 1, 1], trace["y"].Value[..2].ToArray<double>());
        Assert.DoesNotContain(1.0, trace["y"].Value[2].ToArray<double>());
        Assert.Equal([3, 2], trace["y"].Value.Shape);
    }

    [Fact]
    public void Missing_entries_are_inferred()
    {
        // x_i ~ N(m, 1) with the last missing, m known to be 2: the guide finds the prior of the missing one, N(2, 1).
        Tensor data = Tensor.From(new[] { 1.0, 2, double.NaN });
        void Model(Tensor x)
        {
            using (Plate("rows", 3))
            {
                Sample("x", new Normal(2, 1), observed: x, observedMask: !x.IsNan());
            }
        }

        void Guide(Tensor x)
        {
            using (Plate("rows", 3))
            using (new MaskHandler(x.IsNan()).Enter())
            {
                Sample("x_unobserved", new Normal(Param("loc", 0.0), Param("scale", 0.5, Constraints.Positive)));
            }
        }

        Svi<Tensor> svi = new(Model, Guide, new Adam(0.05), new TraceElbo(particles: 4), seed: 1);
        for (int step = 0; step < 600; step++)
        {
            svi.Optimizer.LearningRate = 0.05 / (1 + (step / 50.0));
            svi.Step(data);
        }
        Assert.Equal(2, svi.Parameters["loc"].Item(), 0.05);
        Assert.Equal(1, svi.Parameters["scale"].Item(), 0.05);
    }

    [Fact]
    public void Auxiliary_sites_stand_in_the_guide_alone()
    {
        static void Model(Tensor x) => Sample("z", new Normal(0, 1));
        static void Guide(Tensor x)
        {
            Tensor a = Sample("a", new Normal(Param("loc", 0.5), 1), auxiliary: true);
            Sample("z", new Normal(a, 1));
        }

        Svi<Tensor> svi = new(Model, Guide, new Adam(), new TraceElbo());
        Assert.True(double.IsFinite(svi.Step(0.0)));
    }

    [Fact]
    public void A_latent_from_its_prior_adds_nothing_to_the_loss_but_its_effect()
    {
        // b ~ N(loc, 1) stays at its prior; y = 3 ~ N(b, 1): the expected loss is E[-log p(y | b)], with gradient loc - 3 in loc.
        static void Model(Tensor y)
        {
            Tensor b = Sample("b", new Normal(Param("loc", 1.0), 1), fromPrior: true);
            Sample("y", new Normal(b, 1), observed: y);
        }

        Svi<Tensor> svi = new(Model, _ => { }, new Adam(), new TraceElbo(), seed: 2);
        double mean = Enumerable.Range(0, 4000).Average(_ => svi.Evaluate(3.0));
        Assert.Equal(HalfLogTwoPi + (0.5 * (1 + 4)), mean, 0.16);       // one evaluation spreads by 2.1: 0.16 is 4.7 standard errors
    }

    [Fact]
    public void A_scope_prefixes_the_names_inside_and_scopes_nest()
    {
        Trace trace = Trace.Of(() =>
        {
            using (Scope("outer"))
            using (Scope("inner"))
            {
                Sample("x", new Normal(0, 1));
                Param("p", 1.0);
            }
            Deterministic("d", 1.0);
        });
        Assert.Equal(["outer/inner/x", "outer/inner/p", "d"], trace.Sites.Select(s => s.Name));
    }

    [Fact]
    public void One_function_can_be_used_twice_in_two_scopes()
    {
        static Tensor Noise() => Sample("noise", new Normal(0, 1));
        Trace trace = Trace.Of(
            () =>
            {
                using (Scope("a"))
                {
                    Noise();
                }
                using (Scope("b"))
                {
                    Noise();
                }
            },
            new SeedHandler(0));
        Assert.NotEqual(trace["a/noise"].Value.Item(), trace["b/noise"].Value.Item());
    }

    [Fact]
    public void A_random_module_computes_with_drawn_weights_and_gets_its_own_back()
    {
        Linear network = new(2, 1);
        Tensor input = Tensor.Ones(1, 2);
        double before = network.Forward(input).Item();
        double inside = 0;
        Trace trace = Inspect.Check(() =>
        {
            using (RandomModule("net", network, new Normal(0, 1)))
            {
                inside = network.Forward(input).Item();
            }
        });
        double[] weight = trace["net.weight"].Value.ToArray<double>();
        Assert.Equal([1, 2], trace["net.weight"].Value.Shape);
        Assert.Equal(weight[0] + weight[1] + trace["net.bias"].Value.Item(), inside, 5);
        Assert.Equal(before, network.Forward(input).Item());
    }

    [Fact]
    public void A_random_module_gives_its_weights_back_after_an_exception()
    {
        Linear network = new(2, 1);
        Tensor input = Tensor.Ones(1, 2);
        double before = network.Forward(input).Item();
        void Fail()
        {
            using (RandomModule("net", network, path => path == "bias" ? new Normal(0, 1) : new Laplace(0, 1)))
            {
                throw new InvalidOperationException();
            }
        }

        Assert.Throws<InvalidOperationException>(Fail);
        Assert.Equal(before, network.Forward(input).Item());
    }

    [Fact]
    public void Gradients_reach_the_guide_of_drawn_weights()
    {
        Linear network = new(1, 1);
        void Model((Tensor X, Tensor Y) data)
        {
            using (RandomModule("net", network, new Normal(0, 10)))
            {
                Tensor mean = network.Forward(data.X).Reshape(-1);
                using (Plate("rows", 3))
                {
                    Sample("y", new Normal(mean, 0.1), observed: data.Y);
                }
            }
        }

        static void Guide((Tensor X, Tensor Y) data)
        {
            Sample("net.weight", new Normal(Param("w", Tensor.Zeros(1, 1)), 0.01).ToEvent(2));
            Sample("net.bias", new Normal(Param("b", Tensor.Zeros(1)), 0.01).ToEvent(1));
        }

        Svi<(Tensor X, Tensor Y)> svi = new(Model, Guide, new Adam(0.05), new TraceElbo());
        (Tensor, Tensor) rows = (Tensor.From(new[,] { { 0.0 }, { 1 }, { 2 } }), Tensor.From(new[] { 1.0, 3, 5 }));
        for (int step = 0; step < 500; step++)
        {
            svi.Step(rows);
        }
        Assert.Equal(2, svi.Parameters["w"].Item(), 0.1);
        Assert.Equal(1, svi.Parameters["b"].Item(), 0.1);
    }

    [Fact]
    public void Deterministic_results_know_batch_and_event_axes()
    {
        Trace trace = Trace.Of(() =>
        {
            Deterministic("alone", Tensor.Zeros(3));
            using (Plate("rows", 4))
            {
                Deterministic("inside", Tensor.Zeros(4, 2), eventDimensions: 1);
                Deterministic("plain", Tensor.Zeros(4));
            }
        });
        Assert.Equal([3], ((DeterministicSite)trace["alone"]).EventShape);
        Assert.Equal([4], ((DeterministicSite)trace["inside"]).BatchShape);
        Assert.Equal([4], ((DeterministicSite)trace["plain"]).BatchShape);
    }
}
