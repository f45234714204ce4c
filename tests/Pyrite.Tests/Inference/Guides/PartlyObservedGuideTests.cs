using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class PartlyObservedGuideTests
{
    private static readonly Tensor Data = Tensor.From([2.0, 3, double.NaN, 4, 1, double.NaN, 2]);

    private static readonly Linear Net = new(1, 2);

    private static readonly Dictionary<string, Func<Action<Tensor>, AutoGuide<Tensor>>> Guides = new()
    {
        ["AutoNormal`1"] = model => new AutoNormal<Tensor>(model),
        ["AutoDelta`1"] = model => new AutoDelta<Tensor>(model),
        ["AutoDiagonalNormal`1"] = model => new AutoDiagonalNormal<Tensor>(model),
        ["AutoMultivariateNormal`1"] = model => new AutoMultivariateNormal<Tensor>(model),
        ["AutoLowRankMultivariateNormal`1"] = model => new AutoLowRankMultivariateNormal<Tensor>(model),
        ["AutoLaplace`1"] = model => new AutoLaplace<Tensor>(model),
        ["AutoIaf`1"] = model => new AutoIaf<Tensor>(model, layers: 1, hidden: [8]),
        ["AutoNormalizingFlow`1"] = model => new AutoNormalizingFlow<Tensor>(model, size => new Shift(size)),
        ["AutoGuideList`1"] =
            model =>
                new AutoGuideList<Tensor>().Add(new AutoNormal<Tensor>(BlockHandler.Hide("y_unobserved").Wrap<Tensor>(model)))
                    .Add(new AutoDiagonalNormal<Tensor>(BlockHandler.Hide("mu").Wrap<Tensor>(model))),
        ["AutoAmortizedNormal`1"] =
            model => new AutoGuideList<Tensor>().Add(new AutoNormal<Tensor>(BlockHandler.Hide("y_unobserved").Wrap<Tensor>(model)))
            .Add(
                new AutoAmortizedNormal<Tensor>(BlockHandler.Hide("mu").Wrap<Tensor>(model), Net,
                    (data, _) => Net.Forward(Tensor.Where(data.IsNan(), 0.0, data).To(DType.Float32).Unsqueeze(-1)).To(data.DType))),
    };

    public static TheoryData<string> Names => [.. Guides.Keys];

    [Fact]
    public void Every_automatic_guide_is_tried() =>
        Assert.Equal(
            typeof(AutoGuide<>).Assembly.GetTypes().Where(type => !type.IsAbstract && IsGuide(type)).Select(type => type.Name)
                .Order(StringComparer.Ordinal),
            Guides.Keys.Order(StringComparer.Ordinal));

    [Theory, Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public void A_guide_learns_the_missing_entries_alone(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        bool isAmortized = name == "AutoAmortizedNormal`1";
        AutoGuide<Tensor> guide = Guides[name](Model);
        Svi<Tensor> svi = new(Model, guide, new Adam(0.02), new TraceElbo(particles: 8), seed: 1);
        for (int step = 0; step < 1_500; step++)
        {
            svi.Optimizer.LearningRate = 0.02 / (1 + (step / 300.0));
            svi.Step(Data);
        }

        // mu ~ N(0, 10), five values of mean 2.4: precision 5.01, mean 12/5.01; a missing value is N(mu, 1) under it.
        const double Mean = 12 / 5.01;
        Draws predicted = svi.Predict(Data, 2_000, keepObservations: true);
        DrawsVariable gaps = predicted.Variable("y_unobserved");
        Assert.Equal([2], gaps.EventShape);
        Assert.Equal(["y_unobserved[2]", "y_unobserved[5]"], gaps.ScalarNames);
        Assert.Equal(Mean, predicted.Scalar("mu").Average(), 0.15);
        Assert.Equal(isAmortized ? predicted.Scalar("y_unobserved[2]").Average() : Mean, predicted.Scalar("y_unobserved[2]").Average(), 0.15);
        Assert.Equal(predicted.Scalar("y_unobserved[5]"), predicted.Scalar("y[5]"));
        Assert.All(predicted.Scalar("y[3]"), value => Assert.Equal(4, value));
        if (name is not ("AutoDelta`1" or "AutoLaplace`1"))
        {
            // A guide of independent numbers finds the precision given the others: 1; one of joint numbers the whole 1 + 1/5.01.
            double deviation = name is "AutoMultivariateNormal`1" or "AutoIaf`1" or "AutoLowRankMultivariateNormal`1" ? Math.Sqrt(1 + (1 / 5.01)) : 1;
            Assert.Equal(deviation, Deviation(predicted.Scalar("y_unobserved[5]")), isAmortized ? 0.2 : 0.12);
        }
        if (isAmortized)
        {
            return;
        }

        Assert.Equal([2], guide.Median(svi.Parameters)["y_unobserved"].Shape);
        Assert.Equal([2], guide.Quantile(svi.Parameters, 0.9)["y_unobserved"].Shape);
        Assert.Equal(["y_unobserved[2]", "y_unobserved[5]"], guide.Draw(svi.Parameters, 10).Variable("y_unobserved").ScalarNames);
        Assert.All(svi.Parameters.Names.Select(parameter => svi.Parameters[parameter]),
            value => Assert.DoesNotContain(7, value.Shape.Sizes.ToArray()));
        Assert.Equal(["mu", "y_unobserved"], ImportanceSampling.Of(Model, Data, guide, svi.Parameters, 25).Draws.Names);

        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            svi.Save(file);
            Svi<Tensor> again = new(Model, Guides[name](Model), new Adam(0.02), new TraceElbo(particles: 8), seed: 1);
            again.Load(file, Data);
            Assert.Equal(svi.Evaluate(Data), again.Evaluate(Data));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Statements_without_gaps_leave_nothing_to_learn(string name)
    {
        AutoGuide<Tensor> guide = Guides[name](Model);
        Svi<Tensor> svi = new(Model, guide, new Adam(), new TraceElbo());
        Assert.True(double.IsFinite(svi.Step(Tensor.Ones(7).To(DType.Float64))));
        Assert.DoesNotContain(svi.Parameters.Names, parameter => parameter.Contains("y_unobserved", StringComparison.Ordinal));
        Assert.Equal(["mu"], guide.SiteNames);
    }

    [Fact]
    public void The_loss_of_a_guide_of_the_missing_entries_is_that_of_the_whole()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoMultivariateNormal<Tensor> exact = new AutoLaplace<Tensor>(Model).Approximate(Data);
        Svi<Tensor> svi = new(Model, exact, new Adam(), new TraceElbo());

        // The evidence of the five values: N(0, I + 100 · 11ᵀ), by the matrix determinant lemma and Sherman and Morrison; sum of squares 34, sum 12.
        double evidence = (-2.5 * Math.Log(2 * Math.PI)) - (0.5 * Math.Log(501)) - (0.5 * (34 - (100.0 * 144 / 501)));
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(-evidence, svi.Evaluate(Data), 1e-6);
        }
        Assert.Equal(["mu", "y_unobserved[2]", "y_unobserved[5]"], exact.Coordinates);
        Assert.Equal([3, 3], exact.FreeCovariance(svi.Parameters).Shape);

        // In the guide's coordinates all draws are standard Normal, and the sites come back as they were.
        McmcResult transported =
            Mcmc.Run(() => new NeuTraHandler<Tensor>(exact, svi.Parameters).Run(() => Model(Data)), new Nuts(), chains: 2, draws: 500, warmup: 300,
                seed: 1);
        Assert.Equal(["neutra_latent", "mu", "y_unobserved"], transported.Draws.Names);
        Assert.Equal(12 / 5.01, transported.Summary()["y_unobserved[5]"].Mean, 0.2);
    }

    [Theory]
    [InlineData("AutoNormal`1")]
    [InlineData("AutoMultivariateNormal`1")]
    [InlineData("AutoDelta`1")]
    [InlineData("AutoIaf`1")]
    public void Supports_may_differ_from_entry_to_entry(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor low = Tensor.From([0.0, 10, 20, 30]), data = Tensor.From([0.5, double.NaN, 20.2, double.NaN]);
        void Bounded(Tensor y)
        {
            Sample("mu", new Normal(0, 1));
            using (Plate("rows", 4))
            {
                Sample("y", new Uniform(low, low + 2), observed: y, observedMask: !y.IsNan());
            }
        }

        AutoGuide<Tensor> guide = Guides[name](Bounded);
        Svi<Tensor> svi = new(Bounded, guide, new Adam(0.05), new TraceElbo(particles: 4), seed: 1);
        for (int step = 0; step < 200; step++)
        {
            svi.Step(data);
        }
        Tensor median = guide.Median(svi.Parameters)["y_unobserved"];
        Assert.InRange(median[0].Item(), 10, 12);
        Assert.InRange(median[1].Item(), 30, 32);
        Draws drawn = guide.Draw(svi.Parameters, 100);
        Assert.All(drawn.Scalar("y_unobserved[1]"), value => Assert.InRange(value, 10, 12));
        Assert.All(drawn.Scalar("y_unobserved[3]"), value => Assert.InRange(value, 30, 32));
    }

    [Fact]
    public void Other_entries_missing_in_a_later_step_are_refused_in_words_and_predicted_from_the_prior()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Svi<Tensor> svi = new(Model, new AutoNormal<Tensor>(Model), new Adam(), new TraceElbo());
        svi.Step(Data);
        Tensor other = Tensor.From([double.NaN, 3, double.NaN, 4, 1, 5, 2]);
        ModelException refusal = Assert.Throws<ModelException>(() => svi.Step(other));
        Assert.Equal((ModelError.MasksDiffer, "y_unobserved"), (refusal.Kind, refusal.Site));
        Assert.Contains("were missing when it first ran", refusal.Message);
        Draws predicted = svi.Predict(other, 400);
        Assert.Equal(["y_unobserved[0]", "y_unobserved[2]"], predicted.Variable("y_unobserved").ScalarNames);

        // The guide has hardly moved from sd 0.1 at the entry that it knows; the other has the model's sd of 1.
        Assert.Equal(0.1, Deviation(predicted.Scalar("y_unobserved[2]")), 0.03);
        Assert.Equal(1, Deviation(predicted.Scalar("y_unobserved[0]")), 0.15);
    }

    [Fact]
    public void Missing_entries_of_batches_keep_their_prior_where_the_statement_says_so()
    {
        void Batches(Tensor y)
        {
            Tensor mu = Sample("mu", new Normal(0, 10));
            using (Plate("rows", 100, subsampleSize: 4))
            {
                Sample("y", new Normal(mu, 1), observed: y, observedMask: !y.IsNan(), fromPrior: true);
            }
        }

        Svi<Tensor> svi = new(Batches, new AutoNormal<Tensor>(Batches), new Adam(0.02), new TraceElbo(particles: 4), seed: 1);
        for (int step = 0; step < 1_200; step++)
        {
            svi.Optimizer.LearningRate = 0.05 / (1 + (step / 100.0));
            svi.Step(step % 2 == 0 ? Tensor.From([2, double.NaN, 4, 3]) : Tensor.From([double.NaN, 3, 2, double.NaN]));
        }

        // 25 times the mean of what both batches hold: 62.5 values of mean 2.8, as if the gaps were not there.
        Assert.Equal(62.5 * 2.8 / (62.5 + 0.01), svi.Parameters["auto.mu.loc"].Item(), 0.1);
        ModelException refusal = Assert.Throws<ModelException>(() => new AutoNormal<Tensor>(y =>
        {
            using (Plate("rows", 100, subsampleSize: 4))
            {
                Sample("y", new Normal(0, 1), observed: y, observedMask: !y.IsNan());
            }
        }).Run(Tensor.From([2, double.NaN, 4, 3])));
        Assert.Contains("fromPrior: true", refusal.Message);
    }

    [Fact]
    public void A_reparameterized_statement_has_as_many_latents_and_table_rows()
    {
        static void Moved(Tensor y) => new ReparameterizeHandler(("y_unobserved", new LocScaleReparameterization(0))).Run(() => Model(y));
        McmcResult result = Mcmc.Run(() => Moved(Data), new Nuts(), chains: 2, draws: 800, warmup: 300, seed: 1);
        Assert.Equal(["mu", "y_unobserved_decentered", "y_unobserved"], result.Draws.Names);
        Summary summary = result.Summary();
        Assert.Equal(["mu", "y_unobserved_decentered[2]", "y_unobserved_decentered[5]", "y_unobserved[2]", "y_unobserved[5]"],
            summary.Rows.Select(row => row.Name));
        Assert.Equal(12 / 5.01, summary["y_unobserved[2]"].Mean, 0.2);
        Assert.Equal(0, summary["y_unobserved_decentered[2]"].Mean, 0.2);
        Svi<Tensor> svi = new(Moved, new AutoMultivariateNormal<Tensor>(Moved), new Adam(), new TraceElbo());
        svi.Step(Data);
        Assert.Equal([3], svi.Parameters["auto.loc"].Shape);
    }

    private static void Model(Tensor y)
    {
        Tensor mu = Sample("mu", new Normal(0, 10));
        using (Plate("rows", 7))
        {
            Sample("y", new Normal(mu, 1), observed: y, observedMask: !y.IsNan());
        }
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static bool IsGuide(Type type)
    {
        for (Type? at = type; at is not null; at = at.BaseType)
        {
            if (at.IsGenericType && at.GetGenericTypeDefinition() == typeof(AutoGuide<>))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A flow of one's own: a learnt shift and scale.</summary>
    private sealed class Shift(int size) : Flow(size)
    {
        private readonly Parameter shift = new(Tensor.Zeros(size));
        private readonly Parameter logScale = new(Tensor.Zeros(size));

        public override (Tensor Y, Tensor LogChange) Forward(Tensor x) =>
            ((x * logScale.Value.To(x.DType).Exp()) + shift.Value.To(x.DType), logScale.Value.To(x.DType).Sum());

        public override Tensor Inverse(Tensor y) => (y - shift.Value.To(y.DType)) * (-logScale.Value.To(y.DType)).Exp();
    }
}
