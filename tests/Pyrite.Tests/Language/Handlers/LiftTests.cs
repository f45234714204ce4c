using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class LiftTests
{
    [Fact]
    public void Lift_turns_a_parameter_into_a_random_variable_of_its_whole_shape()
    {
        Trace trace = Inspect.Check(
            () =>
            {
                using PlateScope rows = Plate("rows", 4, subsampleSize: 2);
                Tensor loc = Param("loc", Tensor.Zeros(4), eventDimensions: 0);
                Assert.Equal([2], loc.Shape);
                Sample("y", new Normal(loc, 1), observed: Tensor.Zeros(2));
            },
            new LiftHandler(("loc", new Normal(0, 1))));
        SampleSite loc = (SampleSite)trace["loc"];
        Assert.Equal([4], loc.Distribution.EventShape);
        Assert.Equal(1, loc.Scale);
        Assert.Empty(loc.Plates);
    }

    [Fact]
    public void Parameters_without_a_prior_stay_parameters()
    {
        Trace trace = Trace.Of(
            () =>
            {
                Param("a", 1.0);
                Param("b", 2.0);
            },
            new LiftHandler(site => site.Name == "a" ? new Normal(0, 1) : null));
        Assert.IsType<SampleSite>(trace["a"]);
        Assert.IsType<ParamSite>(trace["b"]);
    }

    [Fact]
    public void A_lifted_parameter_can_be_conditioned_further_out()
    {
        Tensor seen = 0.0;
        Trace.Of(() => seen = Param("a", 1.0), new ConditionHandler(("a", 3.0)), new LiftHandler(("a", new Normal(0, 1))));
        Assert.Equal(3, seen.Item());
    }

    [Fact]
    public void Substitute_gives_parameters_and_latents_values()
    {
        Trace trace = Trace.Of(
            () =>
            {
                Param("a", 1.0, Constraints.Positive);
                Sample("z", new Normal(0, 1));
                Sample("y", new Normal(0, 1), observed: 1.0);
            },
            new SubstituteHandler(("a", 4.0), ("z", 5.0), ("y", 6.0), ("elsewhere", 7.0)));
        Assert.Equal(4, trace["a"].Value.Item());
        Assert.Equal(5, trace["z"].Value.Item());
        Assert.False(((SampleSite)trace["z"]).IsObserved);
        Assert.Equal(1, trace["y"].Value.Item());
    }

    [Fact]
    public void Uncondition_draws_data_and_keeps_factors()
    {
        Trace trace = Trace.Of(
            () =>
            {
                Sample("y", new Normal(100, 1), observed: 1.0);
                Sample("kept", new Normal(100, 1), observed: 2.0);
                Factor("penalty", -1.5);
            },
            new UnconditionHandler(site => site.Name != "kept"));
        SampleSite y = (SampleSite)trace["y"];
        Assert.False(y.IsObserved);
        Assert.InRange(y.Value.Item(), 90, 110);
        Assert.Equal(1, y.Observation!.Item());
        Assert.Equal(2, trace["kept"].Value.Item());
        Assert.True(((SampleSite)trace["penalty"]).IsObserved);
    }

    [Fact]
    public void Uncondition_redraws_the_observed_part_of_data_with_gaps()
    {
        Trace trace = Trace.Of(
            () => Sample("y", new Normal(100, 1), observed: 1.0, observedMask: Tensor.From(new[] { true }).Reshape(Shape.Scalar)),
            new UnconditionHandler());
        Assert.InRange(trace["y"].Value.Item(), 90, 110);
    }

    [Fact]
    public void Hidden_sites_are_drawn_from_the_seed_and_shaped_by_plates_outside()
    {
        Tensor seen = 0.0;
        void Model() => BlockHandler.Hide("x").Run(() => seen = Sample("x", new Normal(0, 1)));
        Trace.Of(Model, new SeedHandler(5));
        double first = seen.Item();
        Trace.Of(Model, new SeedHandler(5));
        Assert.Equal(first, seen.Item());
        using (Plate("rows", 3))
        {
            Model();
        }
        Assert.Equal([3], seen.Shape);
    }

    [Fact]
    public void What_a_handler_states_meets_only_the_handlers_further_out()
    {
        TraceHandler inner = new();
        Trace outer = Trace.Of(() => inner.Run(() => { Sample("x", new Normal(0, 1)); }), new SeedHandler(0), new EchoHandler());
        Assert.NotNull(outer.Find("x_echo"));
        Assert.NotNull(inner.Trace.Find("x"));
        Assert.Null(inner.Trace.Find("x_echo"));
    }

    [Fact]
    public void Weights_scale_every_entry()
    {
        Trace trace = Trace.Of(
            () =>
            {
                using (Plate("rows", 2))
                {
                    Sample("y", new Normal(0, 1), observed: Tensor.Zeros(2));
                }
            },
            new ScaleHandler(Tensor.From(new[] { 1.0, 3.0 })));
        Assert.Equal(-0.5 * Math.Log(2 * Math.PI) * 4, trace.LogProb().Item(), 5);
    }

    private sealed class EchoHandler : Handler
    {
        protected internal override void After(SampleSite site)
        {
            if (!site.Name.EndsWith("_echo", StringComparison.Ordinal))
            {
                Sample(site.Name + "_echo", new Normal(site.Value, 1));
            }
        }
    }
}
