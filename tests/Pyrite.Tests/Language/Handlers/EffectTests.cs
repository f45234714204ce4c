using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class EffectTests
{
    [Fact]
    public void Replay_repeats_latent_values_and_keeps_data()
    {
        Trace first = Trace.Of(() => Chain(1.0), new SeedHandler(1));
        Trace second = Trace.Of(() => Chain(2.0), new SeedHandler(2), new ReplayHandler(first));
        Assert.Equal(first["z"].Value.Item(), second["z"].Value.Item());
        Assert.Equal(2.0, second["y"].Value.Item());
        Assert.True(((SampleSite)second["y"]).IsObserved);
    }

    [Fact]
    public void Replay_repeats_the_subsample_of_a_plate()
    {
        void Model()
        {
            using (Plate("data", 100, subsampleSize: 5))
            {
            }
        }

        Trace first = Trace.Of(Model, new SeedHandler(1));
        Trace second = Trace.Of(Model, new SeedHandler(2), new ReplayHandler(first));
        Assert.Equal(first["data"].Value.ToArray<long>(), second["data"].Value.ToArray<long>());
    }

    [Fact]
    public void Condition_makes_a_latent_site_data()
    {
        Trace trace = Trace.Of(() => Chain(1.0), new SeedHandler(0), new ConditionHandler(("z", 0.5)));
        SampleSite z = (SampleSite)trace["z"];
        Assert.True(z.IsObserved);
        Assert.Equal(0.5, z.Value.Item());
        Assert.Equal(LogNormalDensity(0.5, 0) + LogNormalDensity(1, 0.5), trace.LogProb().Item(), 5);
    }

    [Fact]
    public void Block_hides_sites_from_the_handlers_outside()
    {
        Trace trace = Trace.Of(() => Chain(1.0), new BlockHandler(site => site.Name == "z"));
        Assert.Null(trace.Find("z"));
        Assert.NotNull(trace.Find("y"));
        Assert.Empty(Trace.Of(() => Chain(1.0), new BlockHandler()).Sites);
    }

    [Fact]
    public void The_same_seed_gives_the_same_draws_whatever_other_sites_there_are()
    {
        double alone = Trace.Of(() => Chain(1.0), new SeedHandler(7))["z"].Value.Item();
        double accompanied = Trace.Of(
            () =>
            {
                Sample("unrelated", new Normal(0, 1));
                Chain(1.0);
            },
            new SeedHandler(7))["z"].Value.Item();
        Assert.Equal(alone, accompanied);
        Assert.NotEqual(alone, Trace.Of(() => Chain(1.0), new SeedHandler(8))["z"].Value.Item());
    }

    [Fact]
    public void Mask_leaves_log_densities_out()
    {
        Tensor keep = Tensor.From(new[] { true, false, true });
        Tensor y = Tensor.From(new[] { 0.0, 100, 0 });
        Trace trace = Trace.Of(
            () =>
            {
                using (Plate("rows", 3))
                {
                    Sample("y", new Normal(0, 1), observed: y);
                }
            },
            new MaskHandler(keep));
        Assert.Equal(2 * LogNormalDensity(0, 0), trace.LogProb().Item(), 10);
        Assert.Equal(0, Trace.Of(() => Chain(1.0), new MaskHandler(false)).LogProb().Item());
    }

    [Fact]
    public void Scale_multiplies_log_densities_and_scales_multiply()
    {
        Trace trace = Trace.Of(() => Chain(1.0), new SeedHandler(0), new ConditionHandler(("z", 0.5)), new ScaleHandler(3), new ScaleHandler(2));
        Assert.Equal(6 * (LogNormalDensity(0.5, 0) + LogNormalDensity(1, 0.5)), trace.LogProb().Item(), 4);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_scale_must_be_finite_and_not_negative(double factor) =>
        Assert.Contains("finite", Assert.Throws<ArgumentOutOfRangeException>(() => new ScaleHandler(factor)).Message);

    [Fact]
    public void A_mask_must_be_Bool() =>
        Assert.Contains("Bool", Assert.Throws<ArgumentException>(() => new MaskHandler(Tensor.Ones(3))).Message);

    private static void Chain(double y)
    {
        Tensor z = Sample("z", new Normal(0, 1));
        Sample("y", new Normal(z, 1), observed: y);
    }

    private static double LogNormalDensity(double x, double mean) => (-0.5 * (x - mean) * (x - mean)) - (0.5 * Math.Log(2 * Math.PI));
}
