using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Loops over time under inference: guides, samplers and predictions.</summary>
public sealed class SeriesInferenceTests
{
    private const double Step = 0.5;
    private const double Noise = 0.7;

    private static readonly double?[] Days = [0.4, 0.1, 1.1, 0.9, null, 1.5, 0.3, 0.2, -0.4, -0.2];

    [Theory, Trait("Once", "Widths")]
    [InlineData(false)]
    [InlineData(true)]
    public void Nuts_finds_the_levels_of_the_smoother(bool isReparameterized)
    {
        Action model = isReparameterized ? new ReparameterizeHandler(("level", new LocScaleReparameterization(0))).Wrap(Gapped) : Gapped;
        McmcResult result = Mcmc.Run(model, new Nuts(), chains: 2, warmup: 500, draws: 2_000, seed: 1);
        (double[] mean, double[] deviation) = SeriesModels.Smoothed(Days, Step, Noise);
        Summary summary = result.Summary();

        for (int t = 0; t < Days.Length; t++)
        {
            SummaryRow row = summary[$"level[{t}]"];
            Assert.Equal(mean[t], row.Mean, 5 * row.McseMean);
            Assert.Equal(deviation[t], row.StandardDeviation, 0.08 * deviation[t]);
        }
        Assert.Equal(["days"], result.Draws.Variable("level").Dimensions);
    }

    [Fact, Trait("Once", "Widths")]
    public void Automatic_guides_learn_the_levels()
    {
        Tensor data = Tensor.From([.. Days.Select(day => day ?? 0.5)]);
        (double[] mean, double[] deviation) = SeriesModels.Smoothed([.. Days.Select(day => day ?? 0.5)], Step, Noise);
        void Model(Tensor y) => SeriesModels.Level(y, Step, Noise);
        AutoMultivariateNormal<Tensor> joint = new(Model);
        Svi<Tensor> svi = new(Model, joint, new Adam(0.01), new TraceElbo(), seed: 1);
        svi.Run(data, steps: 3_000);
        Draws draws = joint.Draw(svi.Parameters, 4_000, seed: 2);
        for (int t = 0; t < Days.Length; t++)
        {
            double[] level = draws["level"].Select(1, t).ToArray<double>();
            Assert.Equal(mean[t], level.Average(), 0.2 * deviation[t]);
        }

        AutoNormal<Tensor> apart = new(Model);
        Svi<Tensor> other = new(Model, apart, new Adam(0.02), new TraceElbo(), seed: 1);
        other.Run(data, steps: 2_500);
        double[] found = apart.Median(other.Parameters)["level"].ToArray<double>();
        for (int t = 0; t < Days.Length; t++)
        {
            Assert.Equal(mean[t], found[t], 0.25 * deviation[t]);
        }
    }

    [Fact]
    public void A_guide_may_be_a_loop_itself_and_steps_are_replayed()
    {
        Tensor data = Tensor.From([.. Days.Select(day => day ?? 0.5)]);
        void Model(Tensor y) => SeriesModels.Level(y, Step, Noise);
        static void Guide(Tensor y)
        {
            Tensor gain = Param("gain", 0.5, Constraints.UnitInterval), scale = Param("scale", 0.5, Constraints.Positive);
            Scan.Over("days", Tensor.Zeros([], DType.Float64), y, (level, today) =>
            {
                Tensor next = Sample("level", new Normal(level + (gain * (today - level)), scale));
                return (next, next);
            });
        }
        Svi<Tensor> svi = new(Model, Guide, new Adam(0.02), new TraceElbo(), seed: 1);
        double first = Loss(svi);
        svi.Run(data, steps: 800);
        double last = Loss(svi);

        // The evidence is the product of the filter's predictive densities; the bound lies below it.
        double evidence = 0, m = 0, v = 0;
        foreach (double y in data.ToArray<double>())
        {
            v += Step * Step;
            double spread = v + (Noise * Noise), gain = v / spread;
            evidence -= 0.5 * (((y - m) * (y - m) / spread) + Math.Log(2 * Math.PI * spread));
            m += gain * (y - m);
            v *= 1 - gain;
        }
        Assert.True(last < first);

        double Loss(Svi<Tensor> fit) => Enumerable.Range(0, 200).Average(_ => fit.Evaluate(data));
        Assert.InRange(last, -evidence - 0.05, -evidence + 1);
    }

    [Fact]
    public void Steps_give_the_losses_of_steps_that_are_not_recorded()
    {
        Tensor data = Tensor.From([.. Days.Select(day => day ?? 0.5)]);
        void Model(Tensor y) => SeriesModels.Level(y, Step, Noise);
        double[] Losses(Func<Svi<Tensor>, double> step)
        {
            Svi<Tensor> svi = new(Model, new AutoNormal<Tensor>(Model), new Adam(0.02), new TraceElbo(), seed: 1);
            return [.. Enumerable.Range(0, 60).Select(_ => step(svi))];
        }

        Assert.Equal(Losses(svi =>
        {
            using AnomalyMode.Scope eager = AnomalyMode.Begin();
            return svi.Step(data);
        }), Losses(svi => svi.Step(data)));
    }

    [Fact]
    public void Predictions_draw_the_data_again_and_forecasts_go_on_from_the_carry()
    {
        Tensor data = Tensor.From([.. Days.Select(day => day ?? 0.5)]);
        void Model(int ahead)
        {
            Tensor last = Scan.Over("days", Tensor.Zeros([], DType.Float64), data, (level, today) =>
            {
                Tensor next = Sample("level", new Normal(level, Step));
                Sample("y", new Normal(next, Noise), observed: today);
                return (next, next);
            }).Carry;
            Scan.Over("ahead", last, ahead, level =>
            {
                Tensor next = Sample("future", new Normal(level, Step));
                return (next, Sample("forecast", new Normal(next, Noise)));
            });
        }
        McmcResult result = Mcmc.Run(() => Model(0), new Nuts(), chains: 2, warmup: 500, draws: 2_000, seed: 1);
        Assert.Equal(["level"], result.Draws.Names);
        Draws predicted = Predictive.Draw(() => Model(5), result, seed: 3);
        (double[] mean, double[] deviation) = SeriesModels.Smoothed([.. data.ToArray<double>().Select(day => (double?)day)], Step, Noise);

        Assert.Equal([2, 2_000, 10], predicted["y"].Shape.Sizes.ToArray());
        for (int t = 0; t < 5; t++)
        {
            double[] forecast = predicted["forecast"].Select(2, t).ToArray<double>();
            double expected = Math.Sqrt((deviation[^1] * deviation[^1]) + ((t + 1) * Step * Step) + (Noise * Noise));
            Assert.Equal(mean[^1], forecast.Average(), 0.1);
            Assert.Equal(expected, Math.Sqrt(forecast.Average(y => (y - mean[^1]) * (y - mean[^1]))), 0.05 * expected);
        }
        Assert.Equal(["ahead"], predicted.Variable("forecast").Dimensions);
    }

    [Fact]
    public void Discrete_latents_that_are_never_summed_out_are_drawn_but_refused_by_inference_with_a_remedy()
    {
        Tensor data = SeriesModels.Returns(6);
        void Model()
        {
            Scan.Over("days", Tensor.Zeros([], DType.Float64), data, (state, today) =>
            {
                Tensor next = Sample("state", new Bernoulli(0.2 + (0.6 * state)), options: Enumerate.Never).To(DType.Float64);
                Sample("y", new Normal(next, 1), observed: today);
                return (next, next);
            });
        }
        Assert.Equal(Shape.Create([6]), Trace.Of(Model, new SeedHandler(0))["state"].Value.Shape);

        ModelException sampler = Assert.Throws<ModelException>(() => Potential.Of(Model));
        Assert.Equal((ModelError.LatentUnsuitable, "state"), (sampler.Kind, sampler.Site));
        Assert.Contains("LogSumExp", sampler.Message, StringComparison.Ordinal);
        ModelException guide = Assert.Throws<ModelException>(() =>
            new Svi<int>(_ => Model(), new AutoNormal<int>(_ => Model()), new Adam(0.01), new TraceElbo()).Step(0));
        Assert.Equal((ModelError.GuideUnsuitable, "state"), (guide.Kind, guide.Site));
        Assert.Contains("LogSumExp", guide.Message, StringComparison.Ordinal);
        ModelException byHand = Assert.Throws<ModelException>(() =>
            new Svi<int>(_ => Model(), _ => Sample("state", new Bernoulli(Tensor.Full([6], 0.5)).ToEvent(1)), new Adam(0.01), new TraceElbo())
                .Step(0));
        Assert.Equal((ModelError.GuideUnsuitable, "state"), (byHand.Kind, byHand.Site));
        Assert.Contains("LogSumExp", byHand.Message, StringComparison.Ordinal);
    }

    private static void Gapped()
    {
        Tensor data = Tensor.From([.. Days.Select(day => day ?? double.NaN)]);
        Scan.Over("days", Tensor.Zeros([], DType.Float64), (data, !data.IsNan()), (level, today) =>
        {
            Tensor next = Sample("level", new Normal(level, Step));
            using (new MaskHandler(today.Item2).Enter())
            {
                Sample("y", new Normal(next, Noise), observed: today.data);
            }
            return (next, next);
        });
    }
}
