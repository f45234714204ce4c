using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class GuideStructureTests
{
    private static readonly Tensor Rows = Tensor.From(Enumerable.Range(0, 12).Select(i => 0.25 * i).ToArray());

    public static TheoryData<string> Starts => ["feasible", "prior", "median", "mean", "uniform", "given"];

    [Theory]
    [MemberData(nameof(Starts))]
    public void Starts_lie_inside_the_support(string name)
    {
        GuideStart start = name switch
        {
            "feasible" => GuideStart.Feasible,
            "prior" => GuideStart.PriorSample,
            "median" => GuideStart.Median(),
            "mean" => GuideStart.Mean,
            "uniform" => GuideStart.Uniform(),
            _ => GuideStart.Given(("scale", 2.5), ("p", Tensor.From([0.5, 0.3, 0.2]))),
        };
        AutoDelta<int> guide = new(Constrained, start);
        guide.Run(0);
        IReadOnlyDictionary<string, Tensor> values = guide.Median(null);
        Assert.True(values["scale"].Item() > 0);
        Assert.Equal(1, values["p"].Sum().Item(), 1e-5);
        Assert.InRange(values["u"].Item(), 3, 7);
        double? expected = name switch { "feasible" => 1, "given" => 2.5, "mean" => 2 * Math.Sqrt(2 / Math.PI), _ => null };
        Assert.Equal(expected ?? values["scale"].Item(), values["scale"].Item(), 1e-5);
        Assert.Equal(name == "mean" ? 5 : values["u"].Item(), values["u"].Item(), 1e-5);
    }

    [Fact]
    public void A_start_outside_the_support_is_refused()
    {
        ModelException error = Assert.Throws<ModelException>(() => new AutoNormal<int>(Constrained, GuideStart.Given(("scale", -1.0))).Run(0));
        Assert.Equal((ModelError.GuideUnsuitable, "scale"), (error.Kind, error.Site));
    }

    [Fact]
    public void A_guide_that_has_not_run_says_so() =>
        Assert.Contains("has not run yet", Assert.Throws<InvalidOperationException>(() => new AutoNormal<int>(Constrained).Median(null)).Message);

    [Fact]
    public void The_first_run_leaves_no_trace_in_later_ones()
    {
        // A guide that has run before draws the same as one whose first run this is.
        AutoNormal<int> fresh = new(Constrained), used = new(Constrained);
        used.Run(0);
        Assert.Equal(
            Trace.Of(() => fresh.Run(0), new SeedHandler(3))["u"].Value.Item(),
            Trace.Of(() => used.Run(0), new SeedHandler(3))["u"].Value.Item());
    }

    [Fact]
    public void Bounds_made_inside_a_step_outlive_it()
    {
        static void Model(Tensor x) =>
            Sample("y", new Normal(Sample("u", new Uniform(Tensor.Zeros(2) - 1, Tensor.Ones(2) * 3).ToEvent(1)).Sum(), 1), observed: x);
        AutoNormal<Tensor> guide = new(Model);
        Svi<Tensor> svi = new(Model, guide, new Adam(), new TraceElbo());
        svi.Step(1.0);
        svi.Step(1.0);
        Assert.All(guide.Draw(svi.Parameters, 100)["u"].ToArray<double>(), u => Assert.InRange(u, -1, 3));
    }

    [Fact]
    [Trait("Once", "Cultures")]
    public void Local_latents_of_a_subsampled_plate_learn_one_posterior_for_each_entry()
    {
        // z_i ~ N(0, 1), x_i ~ N(z_i, 1): posterior N(x_i / 2, 1 / √2), whichever rows a step looks at.
        static void Model(Tensor x)
        {
            using PlateScope rows = Plate("rows", 12, subsampleSize: 4);
            Sample("x", new Normal(Sample("z", new Normal(0, 1)), 1), observed: rows.Subsample(x));
        }

        AutoNormal<Tensor> guide = new(Model);
        Svi<Tensor> svi = GaussianChain.Fit(Model, guide, Rows, 3000);
        Assert.Equal([12], svi.Parameters["auto.z.loc"].Shape);
        (Tensor mean, Tensor deviation) = guide.FreeMoments(svi.Parameters, "z");
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(0.125 * i, mean[i].Item(), 0.06);
            Assert.Equal(Math.Sqrt(0.5), deviation[i].Item(), 0.06);
        }
        Assert.Equal("rows", guide.Draw(svi.Parameters, 5).Variable("z").Dimensions[0]);
    }

    [Fact]
    [Trait("Once", "Cultures")]
    public void Amortized_latents_share_a_network_and_globals_stand_beside_them()
    {
        static void Model(Tensor x)
        {
            Tensor shift = Sample("shift", new Normal(0, 0.01));
            using PlateScope rows = Plate("rows", 12, subsampleSize: 6);
            Sample("x", new Normal(Sample("z", new Normal(0, 1)) + shift, 1), observed: rows.Subsample(x));
        }

        Linear encoder = new(1, 2);
        AutoGuideList<Tensor> guide = new AutoGuideList<Tensor>()
            .Add(new AutoNormal<Tensor>(BlockHandler.Hide("z").Wrap<Tensor>(Model), initialScale: 0.01))
            .Add(
                new AutoAmortizedNormal<Tensor>(BlockHandler.Expose("z").Wrap<Tensor>(Model), encoder,
                    (x, _) => encoder.Forward(Subsample(x, 0).Unsqueeze(-1))));
        Svi<Tensor> svi = GaussianChain.Fit(Model, guide, Rows, 2000);
        Assert.Equal(0.5, encoder.Weight.Value[0, 0].Item(), 0.05);
        Assert.Equal(0, encoder.Weight.Value[1, 0].Item(), 0.05);
        Assert.Equal(0.5 * Math.Log(0.5), encoder.Bias!.Value[1].Item(), 0.1);
        Assert.Equal(["shift", "z"], guide.SiteNames);
        Assert.Contains("auto.0.shift.loc", svi.Parameters.Names);
        Draws predicted = svi.Predict(Rows, 7);
        Assert.Equal([7, 6], predicted["z"].Shape);
    }

    [Fact]
    public void A_part_that_leaves_a_site_out_is_refused_by_the_step()
    {
        AutoGuideList<int> guide = new AutoGuideList<int>().Add(new AutoNormal<int>(BlockHandler.Hide("u").Wrap<int>(Constrained)));
        ModelException error = Assert.Throws<ModelException>(() => new Svi<int>(Constrained, guide, new Adam(), new TraceElbo()).Step(0));
        Assert.Equal((ModelError.LatentMissingInGuide, "u"), (error.Kind, error.Site));
    }

    [Fact]
    public void Given_indices_of_a_plate_reach_the_guide()
    {
        static void Model(Tensor indices)
        {
            using (Plate("rows", 6, indices: indices))
            {
                Sample("z", new Normal(0, 1));
            }
        }

        AutoNormal<Tensor> guide = new(Model) { PlateIndices = indices => new Dictionary<string, Tensor> { ["rows"] = indices } };
        Svi<Tensor> svi = new(Model, guide, new Adam(learningRate: 0.1), new TraceElbo());
        svi.Step(Tensor.From([1L, 4]));
        double[] scale = svi.Parameters["auto.z.scale"].ToArray<double>();
        Assert.Equal([1, 4], Enumerable.Range(0, 6).Where(i => Math.Abs(scale[i] - 0.1) > 1e-3));
    }

    [Fact]
    [Trait("Once", "Cultures")]
    public void Missing_data_are_latents_that_count_only_where_they_are_missing()
    {
        // mean ~ N(0, 10) and three rows of four seen: the missing one follows the mean, the entries that are there cannot move.
        static void Model(Tensor x)
        {
            Tensor mean = Sample("mean", new Normal(0, 10));
            using (Plate("rows", 4))
            {
                Sample("x", new Normal(mean, 1), observed: x, observedMask: !x.IsNan());
            }
        }

        Tensor data = Tensor.From([2, 3, double.NaN, 4]);
        AutoNormal<Tensor> guide = new(Model);
        Svi<Tensor> svi = GaussianChain.Fit(Model, guide, data, 1500);
        (Tensor loc, Tensor scale) = guide.FreeMoments(svi.Parameters, "x_unobserved");
        Assert.Equal([1], loc.Shape);
        Assert.Equal(3, loc[0].Item(), 0.1);
        Assert.Equal(1, scale[0].Item(), 0.1);
    }

    [Fact]
    public void Joint_guides_refuse_latents_of_which_entries_are_masked()
    {
        static void Model(Tensor mask)
        {
            using (new MaskHandler(mask).Enter())
            using (Plate("rows", 2))
            {
                Sample("x", new Normal(0, 1));
            }
        }

        Assert.Contains("masks entries",
            Assert.Throws<ModelException>(() => new AutoMultivariateNormal<Tensor>(Model).Run(Tensor.From(new[] { true, false }))).Message);
        new AutoMultivariateNormal<Tensor>(Model).Run(Tensor.From(new[] { true, true }));
    }

    private static void Constrained(int data)
    {
        Sample("scale", new HalfNormal(2));
        Sample("p", new Dirichlet(Tensor.Ones(3)));
        Sample("u", new Uniform(3, 7));
    }
}
