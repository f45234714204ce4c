
using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class ReparameterizationTests
{
    public static TheoryData<string> Families =>
        ["Normal", "Cauchy", "Laplace", "Logistic", "Gumbel", "StudentT", "SoftLaplace", "AsymmetricLaplace", "SkewNormal"];

    [Theory]
    [MemberData(nameof(Families))]
    public void The_density_of_the_new_site_is_that_of_the_old_one_times_the_change_of_volume(string family)
    {
        Distribution prior = Make(family, Tensor.From(new[] { 1.0, -2 }), Tensor.From(new[] { 3.0, 0.5 }));
        foreach (double centeredness in new[] { 0.0, 0.3, 1.0 })
        {
            Trace trace = Inspect.Check(
                () =>
                {
                    using (Plate("rows", 2))
                    {
                        Sample("x", prior);
                    }
                },
                new SeedHandler(1),
                new ReparameterizeHandler(("x", new LocScaleReparameterization(centeredness))));
            SampleSite decentered = (SampleSite)trace["x_decentered"];
            double[] x = trace["x"].Value.ToArray<double>();
            double[] expected = prior.LogProb(trace["x"].Value).ToArray<double>();
            double[] found = decentered.LogProb().ToArray<double>();
            double[] scale = [3.0, 0.5];
            for (int i = 0; i < 2; i++)
            {
                Assert.Equal(expected[i] + ((1 - centeredness) * Math.Log(scale[i])), found[i], 1e-6);
            }
            Assert.IsType<DeterministicSite>(trace["x"]);
            Assert.Equal(2, x.Length);
        }
    }

    [Fact]
    public void Learnt_centredness_is_a_parameter_of_the_events_shape()
    {
        Trace trace = Inspect.Check(
            () =>
            {
                using (Plate("rows", 4))
                {
                    Sample("x", new Normal(Tensor.Zeros(3), 2.0).ToEvent(1));
                }
            },
            new ReparameterizeHandler(site => site.Name == "x" ? new LocScaleReparameterization() : null));
        Assert.Equal([0.5, 0.5, 0.5], trace["x_centered"].Value.ToArray<double>());
        Assert.Equal([4, 3], trace["x_decentered"].Value.Shape);
        Assert.Equal([4, 3], trace["x"].Value.Shape);
        Assert.Equal([3], ((SampleSite)trace["x_decentered"]).Distribution.EventShape);
    }

    [Fact]
    public void Learnt_centredness_receives_gradients()
    {
        static void Model(Tensor y)
        {
            Tensor tau = Sample("tau", new LogNormal(0, 1));
            using (Plate("rows", 3))
            {
                Sample("y", new Normal(Sample("x", new Normal(1, tau)), 1), observed: y);
            }
        }

        static void Guide(Tensor y)
        {
            Sample("tau", new LogNormal(Param("t", 0.0), 0.1));
            using (Plate("rows", 3))
            {
                Sample("x_decentered", new Normal(Param("d", Tensor.Zeros(3)), 0.1));
            }
        }

        Svi<Tensor> svi =
            new(new ReparameterizeHandler(("x", new LocScaleReparameterization())).Wrap<Tensor>(Model), Guide, new Adam(0.01), new TraceElbo());
        svi.Step(Tensor.From(new[] { 1.0, 2, 3 }));
        svi.Step(Tensor.From(new[] { 1.0, 2, 3 }));
        Assert.NotEqual(0.5, svi.Parameters["x_centered"].Item());
        Assert.InRange(svi.Parameters["x_centered"].Item(), 0, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_transformed_variable_is_drawn_by_its_base(bool logNormal)
    {
        Distribution prior = logNormal
            ? new LogNormal(Tensor.Zeros(2), 2.0).ToEvent(1)
            : new TransformedDistribution(new Normal(Tensor.Zeros(2), 2.0), new ExpTransform()).ToEvent(1);
        Trace trace = Inspect.Check(
            () =>
            {
                using (Plate("rows", 3))
                {
                    Sample("x", prior);
                }
            },
            new SeedHandler(2),
            new ReparameterizeHandler(("x", new TransformReparameterization())));
        SampleSite source = (SampleSite)trace["x_base"];
        Assert.Equal(source.Value.Exp().ToArray<double>(), trace["x"].Value.ToArray<double>());
        Assert.Equal([3, 2], source.Value.Shape);
        double[] expected = (prior.LogProb(trace["x"].Value) + source.Value.Sum(-1)).ToArray<double>();
        Assert.All(source.LogProb().ToArray<double>().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
    }

    [Fact]
    public void Scales_and_masks_inside_the_handler_reach_the_new_site()
    {
        Trace trace = Trace.Of(
            () =>
            {
                using (Plate("rows", 10, subsampleSize: 2))
                using (new ScaleHandler(3).Enter())
                {
                    Sample("x", new Normal(1, 2));
                }
            },
            new ReparameterizeHandler(("x", new LocScaleReparameterization(0))));
        Assert.Equal(15, ((SampleSite)trace["x_decentered"]).Scale);
        Assert.Equal([2], trace["x_decentered"].Value.Shape);
        Assert.Equal([2], ((DeterministicSite)trace["x"]).BatchShape);
    }

    private static Distribution Make(string family, Tensor loc, Tensor scale) => family switch
    {
        "Normal" => new Normal(loc, scale),
        "Cauchy" => new Cauchy(loc, scale),
        "Laplace" => new Laplace(loc, scale),
        "Logistic" => new Logistic(loc, scale),
        "Gumbel" => new Gumbel(loc, scale),
        "StudentT" => new StudentT(4.0, loc, scale),
        "SoftLaplace" => new SoftLaplace(loc, scale),
        "AsymmetricLaplace" => new AsymmetricLaplace(loc, scale, 2.0),
        _ => new SkewNormal(loc, scale, 1.5),
    };
}
