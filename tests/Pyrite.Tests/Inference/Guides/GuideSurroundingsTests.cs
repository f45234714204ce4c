
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Automatic guides under models whose plates, scales and masks are not those of their first run, and under models that fail.</summary>
public sealed class GuideSurroundingsTests
{
    private static readonly Tensor Data = Tensor.From([0.5, -1.0, 2.0, 1.5, 0.0, -0.5, 1.0, 3.0]);

    public static TheoryData<string> Guides => ["normal", "delta", "diagonal", "multivariate", "low rank", "laplace", "iaf", "flow", "list"];

    [Theory]
    [InlineData("normal")]
    [InlineData("delta")]
    [InlineData("amortized")]
    public void Batches_may_change_their_size_from_step_to_step(string name)
    {
        Linear encoder = new(1, 2);
        AutoGuide<int> local = name switch
        {
            "normal" => new AutoNormal<int>(Batches),
            "delta" => new AutoDelta<int>(Batches),
            _ => new AutoAmortizedNormal<int>(Batches, encoder, (_, _) => encoder.Forward(Subsample(Data.To(DType.Float32), 0).Unsqueeze(-1))),
        };
        Svi<int> svi = new(Batches, local, new Adam(learningRate: 0.02), new TraceElbo());
        foreach (int size in (int[])[3, 3, 5, 2, 8, 8, 1, 4, 8])
        {
            Assert.True(double.IsFinite(svi.Step(size)), $"{size} rows");
            Assert.True(double.IsFinite(svi.Evaluate(9 - size)), $"{9 - size} rows evaluated");
        }
        // z_i ~ N(0, 1), x_i ~ N(z_i, 1): the posterior means are half the data.
        for (int i = 0; i < 1_500; i++)
        {
            svi.Step(1 + (i % 8));
        }
        if (name != "amortized")
        {
            double[] means = local.Median(svi.Parameters)["z"].ToArray<double>();
            Assert.All(means.Zip(Data.ToArray<double>()), pair => Assert.Equal(0.5 * pair.Second, pair.First, 0.25));
        }
    }

    [Theory]
    [InlineData("multivariate")]
    [InlineData("diagonal")]
    [InlineData("low rank")]
    [InlineData("laplace")]
    [InlineData("iaf")]
    public void Guides_of_one_vector_say_that_batches_are_not_for_them(string name)
    {
        AutoGuide<int> guide = Make<int>(name, Batches);
        Svi<int> svi = new(Batches, guide, new Adam(), new TraceElbo());
        Assert.True(double.IsFinite(svi.Step(8)));
        ModelException error = Assert.Throws<ModelException>(() => svi.Step(5));
        Assert.Equal((ModelError.GuideUnsuitable, "z"), (error.Kind, error.Site));
        Assert.Contains("subsampled (5 of 8)", error.Message);
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void A_model_that_fails_is_not_taken_for_its_guide(string name)
    {
        static void Model(Tensor x)
        {
            Tensor slope = Sample("slope", new Normal(0, 1)), s = Sample("s", new HalfNormal(1));
            using (Plate("rows", 3))
            {
                Sample("y", new Normal(x * slope, s), observed: Tensor.Ones(3));
            }
        }

        Svi<Tensor> svi = new(Model, Make<Tensor>(name, Model), new Adam(), new TraceElbo());
        ModelException error = Assert.Throws<ModelException>(() => svi.Step(Tensor.From([1.0, double.NaN, 2.0])));
        Assert.Equal(ModelError.ModelFailed, error.Kind);
        Assert.StartsWith("The model failed after site \"s\": Normal: parameter loc must be a number; found NaN", error.Message);
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void Any_exception_of_the_model_is_the_models(string name)
    {
        static void Model(int data)
        {
            Sample("s", new HalfNormal(1));
            throw new KeyNotFoundException("no such column");
        }

        ModelException error = Assert.Throws<ModelException>(() => new Svi<int>(Model, Make<int>(name, Model), new Adam(), new TraceElbo()).Step(0));
        Assert.StartsWith("The model failed after site \"s\": no such column", error.Message);
        Assert.IsType<KeyNotFoundException>(error.InnerException);
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void Automatic_guides_count_a_scaled_latent_as_the_model_does(string name)
    {
        // The whole model times 1/4 and then times 2: the same fit, and a loss of that multiple. With one optimizer step of size 0 the draws are the
        // same.
        static void Model(double scale)
        {
            using (new ScaleHandler(scale).Enter())
            {
                Sample("y", new Normal(Sample("z", new Gamma(2, 1)), 1), observed: 1.0);
            }
        }

        Svi<double> plain = new(Model, Make<double>(name, Model), new Sgd(0), new TraceElbo()),
            scaled = new(Model, Make<double>(name, Model), new Sgd(0), new TraceElbo());
        double one = plain.Step(1), second = plain.Step(1);
        Assert.Equal(one / 4, scaled.Step(0.25), Math.Abs(one) * 1e-5);
        Assert.Equal(second * 2, scaled.Step(2), Math.Abs(second) * 1e-5);
    }

    [Fact]
    public void Automatic_guides_take_over_weights()
    {
        Tensor weights = Tensor.From([0.5, 2.0]);
        void Model(int data)
        {
            using (new ScaleHandler(weights).Enter())
            using (Plate("rows", 2))
            {
                Sample("z", new Normal(0, 1));
            }
        }

        Svi<int> svi = new(Model, new AutoNormal<int>(Model), new Adam(), new MeanFieldElbo());
        Assert.True(double.IsFinite(svi.Step(0)));
        Assert.Contains("weighs entries", Assert.Throws<ModelException>(() => new AutoMultivariateNormal<int>(Model).Run(0)).Message);
    }

    [Fact]
    public void A_mask_that_changes_under_an_automatic_guide_is_refused()
    {
        static void Model(Tensor mask)
        {
            using (new MaskHandler(mask).Enter())
            using (Plate("rows", 2))
            {
                Sample("z", new Normal(0, 1));
            }
        }

        Svi<Tensor> svi = new(Model, new AutoNormal<Tensor>(Model), new Adam(), new TraceElbo());
        for (int i = 0; i < 5; i++)
        {
            svi.Step(Tensor.From(new[] { true, false }));
        }
        ModelException error = Assert.Throws<ModelException>(() => svi.Step(Tensor.From(new[] { false, true })));
        Assert.Equal((ModelError.MasksDiffer, "z"), (error.Kind, error.Site));
    }

    private static AutoGuide<T> Make<T>(string name, Action<T> model) => name switch
    {
        "normal" => new AutoNormal<T>(model),
        "delta" => new AutoDelta<T>(model),
        "diagonal" => new AutoDiagonalNormal<T>(model),
        "multivariate" => new AutoMultivariateNormal<T>(model),
        "low rank" => new AutoLowRankMultivariateNormal<T>(model),
        "laplace" => new AutoLaplace<T>(model),
        "iaf" => new AutoIaf<T>(model),
        "flow" => new AutoNormalizingFlow<T>(model, size => new ElementwiseFlow(size)),
        _ => new AutoGuideList<T>().Add(new AutoNormal<T>(model)),
    };

    private static void Batches(int size)
    {
        using (PlateScope rows = Plate("d", 8, subsampleSize: size))
        {
            Sample("x", new Normal(Sample("z", new Normal(0, 1)), 1), observed: rows.Subsample(Data));
        }
    }

    /// <summary>A flow of one's own: a learnt shift.</summary>
    private sealed class ElementwiseFlow(int size) : Flow(size)
    {
        private readonly Parameter shift = new(Tensor.Zeros(size));

        public override (Tensor Y, Tensor LogChange) Forward(Tensor x) => (x + shift.Value.To(x.DType), 0.0);

        public override Tensor Inverse(Tensor y) => y - shift.Value.To(y.DType);
    }
}
