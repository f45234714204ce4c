
using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class MeanFieldElboTests
{
    [Fact]
    public void Divergences_in_closed_form_give_the_closed_loss()
    {
        // Without observations the loss is KL(N(1, 0.5) || N(0, 1)) = -log 0.5 + (0.25 + 1) / 2 - 1/2 whatever is drawn.
        MeanFieldElbo objective = new();
        Svi<int> svi = new(_ => Sample("z", new Normal(0, 1)), _ => Sample("z", new Normal(Param("loc", 1.0), 0.5)), new Adam(), objective);
        Assert.Equal(Math.Log(2) + 0.125, svi.Evaluate(0), 5);
        Assert.Empty(objective.SampledSites);
    }

    [Fact]
    public void Masks_scales_and_plates_count_as_they_do_for_draws()
    {
        PlateAxis rows = new("rows", 6, subsampleSize: 3);
        Tensor selection = Tensor.From(new[] { true, false, true });
        MeanFieldElbo closed = new();
        Svi<int> svi = new(Model, Guide, new Adam(), closed), drawn = new(Model, Guide, new Adam(), new TraceElbo());
        double kl = Math.Log(2) + 0.125;
        Assert.Equal(0.5 * 2 * 2 * kl, svi.Evaluate(0), 4);
        Moments mean = new();
        for (int i = 0; i < 4000; i++)
        {
            mean.Add(drawn.Evaluate(0));
        }
        mean.AssertMean(0.5 * 2 * 2 * kl, 0.15);
        Assert.Empty(closed.SampledSites);

        void Model(int _) => Inside(new Normal(0, 1));

        void Guide(int _) => Inside(new Normal(Param("loc", 1.0), 0.5));

        void Inside(Distribution distribution)
        {
            using HandlerScope half = new ScaleHandler(0.5).Enter();
            using HandlerScope mask = new MaskHandler(selection).Enter();
            using PlateScope plate = rows.Enter();
            Sample("z", distribution);
        }
    }

    [Theory]
    [InlineData("two handlers")]
    [InlineData("a handler in the model, a distribution in the guide")]
    [InlineData("a distribution in the model, a handler in the guide")]
    [InlineData("two distributions")]
    [InlineData("entries of an event")]
    [InlineData("computed masks")]
    public void Equal_masks_that_model_and_guide_make_apart_leave_the_divergence_in_closed_form(string how)
    {
        // One row of two counts, and the other has no posterior and no prior: KL(N(1, 0.5) || N(0, 1)) twice.
        MeanFieldElbo objective = new();
        Svi<int> svi =
            new(_ => State(isModel: true, Tensor.Zeros(3), Scales(1)), _ => State(isModel: false, Param("loc", Tensor.Ones(3)), Scales(0.5)),
                new Adam(), objective);
        Assert.Equal(2 * (Math.Log(2) + 0.125), svi.Evaluate(0), 5);
        Assert.True(double.IsFinite(svi.Step(0)));
        Assert.Empty(objective.SampledSites);

        static Tensor Scales(double scale) => Tensor.From([-1, scale, scale]).To(DType.Float32);

        void State(bool isModel, Tensor loc, Tensor scale)
        {
            Tensor mask = how == "computed masks" ? scale > 0 : Tensor.From([false, true, true]);
            Distribution rows = new Normal(loc, scale);
            bool isHandler =
                how is "two handlers" or "computed masks" || (how.StartsWith("a handler in the model") && isModel)
                    || (how.StartsWith("a distribution in the model") && !isModel);
            using PlateScope plate = Plate("rows", how == "entries of an event" ? 1 : 3);
            using HandlerScope masked = new MaskHandler(isHandler ? mask : Tensor.From([true])).Enter();
            Sample("z", isHandler ? rows : how == "entries of an event" ? rows.Mask(mask).ToEvent(1) : rows.Mask(mask));
        }
    }

    [Fact]
    public void Sites_without_a_closed_form_are_drawn_and_listed()
    {
        MeanFieldElbo objective = new();
        Svi<int> svi = new(
            _ =>
            {
                Sample("a", new Normal(0, 1));
                Sample("b", new StudentT(3.0, 0, 1));
            },
            _ =>
            {
                Sample("a", new Normal(Param("loc", 0.0), 1));
                Sample("b", new Normal(0, 1));
            },
            new Adam(), objective);
        svi.Step(0);
        Assert.Equal(["b"], objective.SampledSites);
    }

    [Fact]
    public void A_prior_that_depends_on_a_later_draw_is_refused_and_an_independent_order_is_not()
    {
        static void Chain(int _)
        {
            Tensor a = Sample("a", new Normal(0, 1));
            Sample("b", new Normal(Deterministic("double", 2 * a), 1));
        }

        static void Apart(int _)
        {
            Sample("a", new Normal(0, 1));
            Sample("b", new Normal(0, 1));
        }

        static void Backwards(int _)
        {
            Sample("b", new Normal(Param("loc", 0.0), 1));
            Sample("a", new Normal(0, 1));
        }

        ModelException error = Assert.Throws<ModelException>(() => new Svi<int>(Chain, Backwards, new Adam(), new MeanFieldElbo()).Step(0));
        Assert.Equal(ModelError.MeanFieldOrder, error.Kind);
        Assert.Contains("depends on \"a\"", error.Message);
        Assert.True(double.IsFinite(new Svi<int>(Apart, Backwards, new Adam(), new MeanFieldElbo()).Step(0)));
    }

    [Fact]
    public void A_custom_objective_is_a_function_of_the_two_traces()
    {
        static void Model(int _) => Sample("y", new Normal(Sample("z", new Normal(0, 1)), 1), observed: 0.5);
        static void Guide(int _) => Sample("z", new Normal(Param("loc", 0.3), 0.5));
        Svi<int> custom =
            new(Model, Guide, new Adam(0.1), new CustomElbo((model, guide) => guide.LogProb() - model.LogProb(), particles: 2), seed: 7);
        Svi<int> own = new(Model, Guide, new Adam(0.1), new TraceElbo(particles: 2), seed: 7);
        for (int step = 0; step < 5; step++)
        {
            Assert.Equal(own.Step(0), custom.Step(0));
        }
        Svi<int> vector = new(Model, Guide, new Adam(), new CustomElbo((model, _) => model["z"].Value.Unsqueeze(0)));
        Assert.Contains("Sum it", Assert.Throws<InvalidOperationException>(() => vector.Step(0)).Message);
    }

    [Fact]
    public void The_weight_of_the_divergence_may_change_every_step()
    {
        List<long> asked = [];
        Svi<int> svi =
            new(_ => Sample("z", new Normal(0, 1)), _ => Sample("z", new Normal(Param("loc", 1.0), 0.5)), new Adam(0.0),
                new MeanFieldElbo { KlWeight = step => Weight(step) });
        double kl = Math.Log(2) + 0.125;
        for (int step = 0; step < 6; step++)
        {
            Assert.Equal(step / 5.0 * kl, svi.Step(0), 5);
        }
        Assert.Equal([0, 1, 2, 3, 4, 5], asked);

        double Weight(long step)
        {
            asked.Add(step);
            return step / 5.0;
        }
    }
}
