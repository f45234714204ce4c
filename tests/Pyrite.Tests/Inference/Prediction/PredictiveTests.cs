
using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class PredictiveTests
{
    private static readonly Tensor X = Tensor.From(new double[,] { { 1, 0 }, { 0, 1 }, { 1, 1 }, { 2, 1 } });
    private static readonly Tensor Y = Tensor.From([1.1, -0.9, 0.1, 1.2]);

    [Fact]
    public void A_fit_predicts_new_rows_with_named_dimensions()
    {
        AutoNormal<(Tensor X, Tensor? Y)> guide = new(Regression);
        Svi<(Tensor X, Tensor? Y)> svi = GaussianChain.Fit(Regression, guide, (X, Y), 1500);
        Tensor fresh = Tensor.From(new double[,] { { 3, 0 }, { 0, 3 } });
        Draws predicted = svi.Predict((fresh, null), draws: 800);
        Assert.Equal([800, 2], predicted["y"].Shape);
        Assert.Equal([800, 2], predicted["weights"].Shape);
        Assert.Equal(["rows"], predicted.Variable("y").Dimensions);
        Assert.Equal(["rows"], predicted.Variable("mean").Dimensions);
        Assert.Equal(3.2, predicted.Scalar("y[0]").Average(), 0.15);         // least squares has weights 1.0667 and -0.9333
        Assert.Equal(-2.8, predicted.Scalar("y[1]").Average(), 0.15);
        Assert.Equal(predicted["y"].ToArray<double>(), svi.Predict((fresh, null), draws: 800)["y"].ToArray<double>());
    }

    [Fact]
    public void Observed_sites_are_drawn_anew_whatever_is_observed()
    {
        Draws prior = Predictive.Draw<Tensor>(x => Sample("x", new Normal(5, 1), observed: x), 0.0, 2000);
        Assert.Equal(5, prior.Scalar("x").Average(), 0.1);
        Assert.Equal(1, GaussianChain.Spread(prior.Scalar("x")), 0.1);
    }

    [Fact]
    public void Latents_of_a_plate_of_another_size_come_from_the_prior_and_the_others_from_the_fit()
    {
        static void Model(Tensor x)
        {
            Tensor mean = Sample("mean", new Normal(0, 10));
            using (Plate("rows", x.Shape[0]))
            {
                Sample("x", new Normal(Sample("z", new Normal(mean, 0.1)), 0.1), observed: x);
            }
        }

        Tensor data = Tensor.From([4.0, 4.2, 3.8]);
        AutoNormal<Tensor> guide = new(Model);
        Svi<Tensor> svi = GaussianChain.Fit(Model, guide, data, 1500);
        Draws more = svi.Predict(Tensor.Zeros(5), 500);
        Assert.Equal([500, 5], more["z"].Shape);
        Assert.Equal(4, more.Scalar("z[4]").Average(), 0.2);
        Draws posterior = guide.Draw(svi.Parameters, 300);
        Draws viaDraws = Predictive.Draw(Model, Tensor.Zeros(5), posterior);
        Assert.Equal(posterior.Scalar("mean"), viaDraws.Scalar("mean"));
        Assert.Equal([300, 5], viaDraws["z"].Shape);
        Draws same = Predictive.Draw(Model, Tensor.Zeros(3), posterior);
        Assert.Equal(posterior.Scalar("z[1]"), same.Scalar("z[1]"));
        Assert.NotEqual(posterior.Scalar("z[1]"), same.Scalar("x[1]"));
    }

    [Fact]
    public void What_was_learnt_in_batches_of_a_plate_is_predicted_for_all_of_it()
    {
        static void Model((Tensor X, int Size) data)
        {
            using PlateScope rows = Plate("rows", 6, subsampleSize: data.Size);
            Sample("x", new Normal(Sample("z", new Normal(0, 10)), 0.1), observed: rows.Subsample(data.X));
        }

        Tensor x = Tensor.From([-3.0, -2, -1, 1, 2, 3]);
        AutoNormal<(Tensor, int)> guide = new(Model);
        Svi<(Tensor, int)> svi = GaussianChain.Fit(Model, guide, (x, 2), 3000);
        Draws whole = svi.Predict((x, 6), 200);
        Assert.Equal([200, 6], whole["z"].Shape);
        for (int i = 0; i < 6; i++)
        {
            // The posterior of z_i is N(x_i, 0.1); its prior would be N(0, 10).
            Assert.All(whole.Scalar($"z[{i}]"), z => Assert.Equal(x[i].Item(), z, 0.8));
        }
        Assert.Equal([200, 3], svi.Predict((x, 3), 200)["z"].Shape);
        Assert.All(svi.Predict((x, 3), 200)["z"].ToArray<double>(), z => Assert.InRange(Math.Abs(z), 0.2, 3.8));
        Draws posterior = guide.Draw(svi.Parameters, 10);
        ModelException refusal = Assert.Throws<ModelException>(() => Predictive.Draw(Model, (x, 2), posterior));
        Assert.Contains("Predict without subsampleSize", refusal.Message);
    }

    [Fact]
    public void A_network_that_looks_at_data_predicts_new_rows_however_many()
    {
        static void Model(Tensor x)
        {
            using (Plate("rows", x.Shape[0]))
            {
                Sample("x", new Normal(Sample("z", new Normal(0, 10)), 0.1), observed: x);
            }
        }

        // z = x exactly, with standard deviation exp(-3): given, not learnt.
        Linear encoder = new(1, 2);
        encoder.Weight.Assign(Tensor.From([1f, 0], [2, 1]));
        encoder.Bias!.Assign(Tensor.From([0f, -3]));
        AutoAmortizedNormal<Tensor> guide = new(Model, encoder, (x, _) => encoder.Forward(x.To(DType.Float32).Unsqueeze(-1)));
        Svi<Tensor> svi = new(Model, guide, new Adam(), new TraceElbo());
        svi.Evaluate(Tensor.From([1.0, 2, 3]));
        foreach (double[] rows in (double[][])[[4, -5], [4, -5, 6, 7], [8, 9, 10]])
        {
            Draws predicted = svi.Predict(Tensor.From(rows), 50);
            Assert.Equal([50, rows.Length], predicted["z"].Shape);
            Assert.All(rows.Index(), row => Assert.All(predicted.Scalar($"z[{row.Index}]"), z => Assert.Equal(row.Item, z, 0.3)));
        }
    }

    [Fact]
    public void Chains_of_the_posterior_stay_chains()
    {
        Draws posterior = new(2, 3, [new DrawsVariable("mean", Shape.Scalar, [1, 2, 3, 4, 5, 6])]);
        Draws predicted = Predictive.Draw<Tensor>(x => Sample("x", new Normal(Sample("mean", new Normal(0, 1)), 1e-3), observed: x), 0.0, posterior);
        Assert.Equal([2, 3], predicted["x"].Shape);
        Assert.Equal(4, predicted["x"][1, 0].Item(), 0.01);
    }

    [Fact]
    public void Draws_of_another_shape_are_refused()
    {
        Draws posterior = new(2, [new DrawsVariable("mean", [2], [1, 2, 3, 4])]);
        ModelException error = Assert.Throws<ModelException>(() => Predictive.Draw<int>(_ => Sample("mean", new Normal(0, 1)), 0, posterior));
        Assert.Contains("Predict with the model that was fitted", error.Message);
    }

    [Fact]
    public void Log_likelihoods_are_those_of_each_observation()
    {
        Draws posterior = new(2, [new DrawsVariable("mean", Shape.Scalar, [0, 1])]);
        Tensor data = Tensor.From([0.5, 2]), mask = Tensor.From([true, false]);
        Draws all = Predictive.LogLikelihood(x => Model(x, null), data, posterior);
        Assert.Equal([2, 2], all["x"].Shape);
        Assert.Equal(-0.9189385 - 0.125, all.Scalar("x[0]")[0], 1e-6);
        Assert.Equal(-0.9189385 - 0.5, all.Scalar("x[1]")[1], 1e-6);
        Assert.Equal([2, 1], Predictive.LogLikelihood(x => Model(x, mask), data, posterior)["x_observed"].Shape);

        static void Model(Tensor x, Tensor? mask)
        {
            Tensor mean = Sample("mean", new Normal(0, 1));
            using (Plate("rows", 4, subsampleSize: 2))
            {
                Sample("x", new Normal(mean, 1), observed: x, observedMask: mask);
            }
        }
    }

    [Fact]
    public void Importance_weights_give_the_evidence_and_tell_good_guides_from_bad_ones()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoMultivariateNormal<Tensor> exact = new AutoLaplace<Tensor>(GaussianChain.Model).Approximate(1.0);
        Svi<Tensor> good = new(GaussianChain.Model, exact, new Adam(), new TraceElbo());
        good.Evaluate(1.0);
        ImportanceSampling weighted = ImportanceSampling.Of(GaussianChain.Model, (Tensor)1.0, exact, good.Parameters, 400);
        Assert.Equal(-GaussianChain.MinusLogEvidence, weighted.LogEvidence, 1e-6);
        Assert.Equal(400, weighted.EffectiveSize, 0.01);

        AutoNormal<Tensor> wide = new(GaussianChain.Model, initialScale: 2);
        Svi<Tensor> rough = new(GaussianChain.Model, wide, new Adam(), new TraceElbo());
        rough.Evaluate(1.0);
        ImportanceSampling corrected = ImportanceSampling.Of(GaussianChain.Model, (Tensor)1.0, wide, rough.Parameters, 5_000);
        Assert.InRange(corrected.EffectiveSize, 50, 2_500);
        Assert.Equal(0.75, corrected.Mean("x3"), 0.06);
        Assert.Equal(-GaussianChain.MinusLogEvidence, corrected.LogEvidence, 0.06);

        AutoNormal<Tensor> narrow = new(GaussianChain.Model, initialScale: 0.1);
        Svi<Tensor> bad = new(GaussianChain.Model, narrow, new Adam(), new TraceElbo());
        bad.Evaluate(1.0);
        Assert.False(ImportanceSampling.Of(GaussianChain.Model, (Tensor)1.0, narrow, bad.Parameters, 2000).Smoothing.IsReliable);
    }

    [Fact]
    public void Calibration_finds_right_guides_uniform_and_overconfident_ones_not()
    {
        // z ~ N(0, 1), x ~ N(z, 1): the posterior is N(x / 2, 1 / √2).
        static void Model(Tensor x) => Sample("x", new Normal(Sample("z", new Normal(0, 1)), 1), observed: x);
        GuideCalibration Calibrate(double spread) => GuideCalibration.Of(Model, (Tensor)0.0, (model, number) =>
        {
            Trace trace = Trace.Of(() => model(0.0), new SeedHandler(0));
            double loc = trace["x"].Value.Item() / 2;
            double[] z = (loc + (spread * RandomKey.FromSeed(7).Child(number).Normal([99], DType.Float64))).ToArray<double>();
            return new Draws(99, [new DrawsVariable("z", Shape.Scalar, z)]);
        }, simulations: 400, seed: 2);

        GuideCalibration right = Calibrate(Math.Sqrt(0.5));
        Assert.Equal(400, right.Ranks("z").Count);
        Assert.InRange(right.PValue("z"), 0.01, 1);
        Assert.InRange(Calibrate(0.4).PValue("z"), 0, 1e-4);
    }

    private static void Regression((Tensor X, Tensor? Y) data)
    {
        Tensor weights = Sample("weights", new Normal(Tensor.Zeros(2), 5).ToEvent(1));
        Tensor scale = Sample("scale", new HalfNormal(1));
        using (Plate("rows", data.X.Shape[0]))
        {
            Tensor mean = Deterministic("mean", data.X.MatMul(weights.Unsqueeze(-1)).Squeeze(-1));
            Sample("y", new Normal(mean, scale), observed: data.Y);
        }
    }
}
