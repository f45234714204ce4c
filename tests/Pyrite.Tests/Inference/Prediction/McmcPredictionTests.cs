
using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class McmcPredictionTests
{
    private static readonly double[] Y = [0.5, 2, -1, 0.25];

    [Fact]
    public void Observations_are_drawn_anew_under_each_draw_of_the_posterior()
    {
        McmcResult posterior = Mcmc.Run(() => Model(Tensor.From(Y)), chains: 2, warmup: 100, draws: 400, seed: 1);
        Draws predicted = Predictive.Draw(() => Model(Tensor.From(Y)), posterior, seed: 3);
        Assert.Equal([2, 400, 4], predicted["y"].Shape);
        Assert.Equal(DType.Float64, predicted["y"].DType);
        Assert.Equal(["rows"], predicted.Variable("y").Dimensions);
        Assert.Equal(posterior["mean"].ToArray<double>(), predicted["mean"].ToArray<double>());
        Assert.Equal(posterior["twice"].ToArray<double>(), predicted["twice"].ToArray<double>());
        double[] noise = [.. predicted.Scalar("y[2]").Zip(posterior.Draws.Scalar("mean"), (y, mean) => y - mean)];
        Assert.Equal(0, noise.Average(), 0.15);
        Assert.Equal(1, GaussianChain.Spread(noise), 0.12);
        Assert.Equal(predicted["y"].ToArray<double>(), Predictive.Draw(Model, Tensor.From(Y), posterior, seed: 3)["y"].ToArray<double>());
        Assert.NotEqual(predicted["y"].ToArray<double>(), Predictive.Draw(Model, Tensor.From(Y), posterior, seed: 4)["y"].ToArray<double>());
    }

    [Fact]
    public void New_rows_are_predicted()
    {
        McmcResult posterior = Mcmc.Run(() => Model(Tensor.From(Y)), chains: 2, warmup: 100, draws: 100, seed: 1);
        Assert.Equal([2, 100, 7], Predictive.Draw(Model, Tensor.Zeros(7), posterior)["y"].Shape);
    }

    [Fact]
    public void Log_likelihoods_are_those_of_each_observation_in_double_precision()
    {
        McmcResult posterior = Mcmc.Run(() => Model(Tensor.From(Y)), chains: 2, warmup: 100, draws: 1000, seed: 2);
        Draws found = Predictive.LogLikelihood(() => Model(Tensor.From(Y)), posterior);
        Assert.Equal(["y"], found.Names);
        Assert.Equal([2, 1000, 4], found["y"].Shape);
        double[] means = posterior.Draws.Scalar("mean"), values = found["y"].ToArray<double>();
        for (int draw = 0; draw < 2000; draw++)
        {
            for (int row = 0; row < 4; row++)
            {
                double distance = Y[row] - means[draw];
                Assert.Equal((-0.5 * distance * distance) - (0.5 * Math.Log(2 * Math.PI)), values[(draw * 4) + row], 1e-13);
            }
        }
        PredictiveAccuracy loo = PredictiveAccuracy.Loo(found, "y"), waic = PredictiveAccuracy.Waic(found, "y");

        // Leaving out row i, the mean is N(4 (sum of others) / 13, 4 / 13) under a prior N(0, 2): exact density of y_i.
        double exact = Y.Sum(y =>
        {
            double precision = 0.25 + 3, mean = (Y.Sum() - y) / precision, variance = (1 / precision) + 1;
            return (-0.5 * (y - mean) * (y - mean) / variance) - (0.5 * Math.Log(2 * Math.PI * variance));
        });
        Assert.Equal(exact, loo.Elpd, 0.15);
        Assert.Equal(exact, waic.Elpd, 0.3);
    }

    [Theory]
    [InlineData("mcmc")]
    [InlineData("draws")]
    [InlineData("svi")]
    [InlineData("guide")]
    [Trait("Once", "Cultures")]
    public void A_forecast_goes_on_from_observations_that_are_kept(string entry)
    {
        // d ~ N(0, 10), y_t ~ N(y_{t-1} + d, 1), y_1 = 1 given: five differences of mean 3, so d has precision 5.01 and mean 15 / 5.01, and the next
        // value mean 16 + 2.994 and variance 1 + 1 / 5.01.
        double[] y = [1, 2, 4, 7, 11, 16];
        void Walk(bool isForecast)
        {
            Tensor drift = Sample("d", new Normal(0, 10)), before = y[0];
            for (int t = 1; t < y.Length; t++)
            {
                before = Sample($"y{t}", new Normal(before + drift, 1), observed: y[t]);
            }
            if (isForecast)
            {
                Sample("next", new Normal(before + drift, 1));
            }
        }

        const int Count = 4000;
        Draws Forecast(ulong seed, bool keeps)
        {
            if (entry is "mcmc" or "draws")
            {
                McmcResult posterior = Mcmc.Run(() => Walk(false), chains: 2, warmup: 300, draws: Count / 2, seed: 5);
                return entry == "mcmc"
                    ? Predictive.Draw(Walk, true, posterior, seed, keepObservations: keeps)
                    : Predictive.Draw(Walk, true, posterior.Draws, seed, keepObservations: keeps);
            }
            using Precision.Scope precision = Precision.Use(DType.Float64);
            AutoMultivariateNormal<bool> exact = new AutoLaplace<bool>(Walk).Approximate(false);
            Svi<bool> svi = new(Walk, exact, new Adam(), new TraceElbo());
            svi.Evaluate(false);
            return entry == "svi" ? svi.Predict(true, Count, seed, keeps) : Predictive.Draw(Walk, true, exact, svi.Parameters, Count, seed, keeps);
        }

        Draws kept = Forecast(1, keeps: true), redrawn = Forecast(1, keeps: false);
        double[] next = kept.Scalar("next");
        Assert.Equal(18.994, next.Average(), 4.5 * 1.0953 / Math.Sqrt(2000));
        Assert.Equal(1.0953, GaussianChain.Spread(next), 0.08);
        Assert.All(kept.Scalar("y5"), value => Assert.Equal(16, value));
        // √(6 + 36 / 5.01) = 3.63 from y_1 on
        Assert.InRange(GaussianChain.Spread(redrawn.Scalar("next")), 3.3, 3.95);
        Assert.Equal(next, Forecast(1, keeps: true).Scalar("next"));
        Assert.NotEqual(next, Forecast(2, keeps: true).Scalar("next"));
    }

    private static void Model(Tensor y)
    {
        Tensor mean = Sample("mean", new Normal(0, 2));
        Deterministic("twice", 2 * mean);
        using PlateScope rows = Plate("rows", y.Shape[0]);
        Sample("y", new Normal(mean, 1), observed: y);
    }
}
