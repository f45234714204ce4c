using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class InterventionTests
{
    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    public void Observations_stay_and_interventions_are_what_follows_sees(bool intervene, bool observe, bool conditionInside)
    {
        Dictionary<string, double> seen = [];
        void Model()
        {
            Tensor x = See("x", Sample("x", new Normal(0, 1)));
            Tensor y = See("y", Sample("y", new Normal(x, 1)));
            Tensor z = See("z", Sample("z", new Normal(y, 1)));
            See("w", Sample("w", new Normal(z, 1)));
        }

        Tensor See(string name, Tensor value)
        {
            seen[name] = value.Item();
            return value;
        }

        Handler[] handlers = (intervene, observe, conditionInside) switch
        {
            (true, false, _) => [Interventions()],
            (false, _, _) => [Observations()],
            (_, _, false) => [Observations(), Interventions()],
            _ => [Interventions(), Observations()],
        };
        Trace trace = Trace.Of(Model, handlers);
        if (intervene)
        {
            Assert.Equal((0.0, 2.0, 1.0), (seen["y"], seen["z"], seen["w"]));
        }
        foreach ((string site, double value) in new[] { ("x", 1.0), ("z", 5.0) })
        {
            Assert.Equal(observe, ((SampleSite)trace[site]).IsObserved);
            Assert.Equal(observe, trace[site].Value.Item() == value);
        }
        Assert.False(((SampleSite)trace["y"]).IsObserved);
        Assert.Equal(["x", "y", "z", "w"], trace.Sites.Select(s => s.Name));
    }

    [Fact]
    public void A_counterfactual_of_a_known_structural_model_is_exact()
    {
        // x = u, y = 2 x + v with u, v ~ N(0, 1). Seen: x = 1, y = 3, so v = 1. Had x been 5, y would have been 11.
        Tensor v = 0.0;
        void Model()
        {
            Tensor x = Deterministic("x", Sample("u", new Normal(0, 1)));
            v = Sample("v", new Normal(0, 1));
            Deterministic("y", (2 * x) + v);
        }

        Trace factual = Trace.Of(Model, new ConditionHandler(("u", 1.0), ("v", 1.0)));
        Assert.Equal(3, factual["y"].Value.Item());
        Trace counterfactual = Trace.Of(Model, new ConditionHandler(("u", 1.0), ("v", 1.0)), new DoHandler(("x", 5.0)));
        Assert.Equal(11, counterfactual["y"].Value.Item());
        Assert.Equal(1, counterfactual["x"].Value.Item());
    }

    [Fact]
    public void A_counterfactual_with_unknown_noise_takes_the_noise_from_the_posterior()
    {
        // x ~ N(0, 1), v ~ N(0, 1), y ~ N(2 x + v, 0.5). Seen x = 1, y = 3: v is N(0.8, 0.447). Had x been 5, y would have been around 10.8.
        static void Model()
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Tensor v = Sample("v", new Normal(0, 1));
            Sample("y", new Normal((2 * x) + v, 0.5));
        }

        Action seen = new ConditionHandler(("x", 1.0), ("y", 3.0)).Wrap(Model);
        Svi<int> abduction =
            new(_ => seen(), _ => Sample("v", new Normal(Param("loc", 0.0), Param("scale", 1.0, Constraints.Positive))), new Adam(0.05),
                new TraceElbo(particles: 8), seed: 1);
        for (int step = 0; step < 2_000; step++)
        {
            abduction.Optimizer.LearningRate = 0.05 / (1 + (step / 25.0));
            abduction.Step(0);
        }
        Assert.Equal(0.8, abduction.Parameters["loc"].Item(), 0.03);
        Assert.Equal(Math.Sqrt(0.2), abduction.Parameters["scale"].Item(), 0.03);
        Trace counterfactual = Trace.Of(Model, new ConditionHandler(("v", abduction.Parameters["loc"])), new DoHandler(("x", 5.0)));
        Assert.Equal(10.8, ((Normal)((SampleSite)counterfactual["y"]).Distribution).Loc.Item(), 0.03);
    }

    [Fact]
    public void An_intervention_cuts_the_influence_of_causes_but_keeps_that_of_data()
    {
        // Confounder c -> x, c -> y, x -> y. Seeing x = 2 speaks about c; setting x = 2 does not.
        static void Model()
        {
            Tensor c = Sample("c", new Normal(0, 1));
            Tensor x = Sample("x", new Normal(c, 1));
            Sample("y", new Normal(x + c, 1));
        }

        double Density(double c, Handler handler) =>
            Trace.Of(Model, new ConditionHandler(("c", c)), new SeedHandler(1), handler, BlockHandler.Hide("y")).LogProb().Item();
        double seen = Density(1, new ConditionHandler(("x", 2.0))) - Density(0, new ConditionHandler(("x", 2.0)));
        Assert.Equal(-0.5 + (0.5 * (4 - 1)), seen, 4);
        Trace set = Trace.Of(Model, new ConditionHandler(("c", 1.0)), new DoHandler(("x", 2.0)));
        Assert.Equal(3, ((Normal)((SampleSite)set["y"]).Distribution).Loc.Item());
        Assert.Equal(1, ((Normal)((SampleSite)set["x"]).Distribution).Loc.Item());
    }

    [Fact]
    public void The_twin_of_an_observed_site_keeps_its_data()
    {
        Tensor after = 0.0;
        Trace trace = Trace.Of(() => after = Sample("y", new Normal(0, 1), observed: 7.0), new DoHandler(("y", 1.0)));
        Assert.Equal(1, after.Item());
        Assert.Equal(7, trace["y"].Value.Item());
        Assert.True(((SampleSite)trace["y"]).IsObserved);
    }

    [Fact]
    public void The_twin_stands_in_the_plates_of_its_site()
    {
        Trace trace = Trace.Of(
            () =>
            {
                using (Plate("rows", 10, subsampleSize: 5))
                {
                    Sample("x", new Normal(0, 1));
                }
            },
            new DoHandler(("x", 1.0)));
        Assert.Equal([5], trace["x"].Value.Shape);
        Assert.Equal(2, ((SampleSite)trace["x"]).Scale);
    }

    private static ConditionHandler Observations() => new(("x", 1.0), ("z", 5.0));

    private static DoHandler Interventions() => new(("y", 0.0), ("z", 2.0), ("w", 1.0));
}
