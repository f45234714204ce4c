using Pyrite.Testing;

namespace Pyrite.Backtesting;

/// <summary>Rolling origins, and the scores of what is forecast from them.</summary>
public sealed class BacktestTests
{
    private static readonly Tensor Walk = RandomKey.FromSeed(4).Normal([60], DType.Float64).CumulativeSum(0);

    [Fact]
    public void A_forecaster_sees_the_past_and_nothing_else()
    {
        List<int> seen = [];
        double[] y = Walk.ToArray<double>();
        Backtest test = Backtest.Run(Walk, 20, 3, (past, ahead) =>
        {
            seen.Add(past.Count);
            Assert.Equal(y[..past.Count], past.ToArray<double>());
            return (new LocalLevel(1.0) + new ObservationNoise(0.1)).ToStateSpace(past.Count).Forecast(past.Unsqueeze(-1), ahead);
        }, every: 5);

        Assert.Equal([20, 25, 30, 35, 40, 45, 50, 55], seen);
        Assert.Equal(test.Origins, seen);
        Assert.Equal([8, 8, 8], test.Rows.Select(row => row.Count));
        Assert.True(test.Rows[2].Crps > test.Rows[0].Crps);
        Assert.Equal(y, test.Series);
        Assert.Equal(seen, test.Forecasts.Select(forecast => forecast.Origin));
        Forecast last = (new LocalLevel(1.0) + new ObservationNoise(0.1)).ToStateSpace(55).Forecast(Walk.Slice(0, 0, 55).Unsqueeze(-1), 3);
        Assert.Equal(last.Mean.ToArray<double>(), test.Forecasts[^1].Centre);
        Close.Assert(test.Forecasts[^1].High.ToArray(), last.Interval(0.9).High.ToArray<double>(), 1e-12, 1e-12, "ends of intervals");
        Assert.Contains("8 origins; intervals of 90 %", test.ToString());
    }

    [Fact]
    public void Scores_of_Gaussians_and_of_their_draws_agree()
    {
        // ∫ (F(x) - [x ≥ y])² dx by a sum over a fine grid.
        double integral = 0;
        Tensor grid = Tensor.LinearSpace(-12, 12, 24_001), below = new Normal(1.0, 1.5).Cdf(grid);
        double[] f = below.ToArray<double>(), x = grid.ToArray<double>();
        for (int i = 0; i < x.Length; i++)
        {
            integral += Math.Pow(f[i] - (x[i] >= 0.4 ? 1 : 0), 2) * 0.001;
        }
        double[] draws = [.. new Normal(1.0, 1.5).Sample(RandomKey.FromSeed(1), [20_000]).ToArray<double>().Order()];

        Assert.Equal(integral, ForecastScore.OfGaussian(0.4, 1, 1.5), 1e-3);
        Assert.Equal(ForecastScore.OfGaussian(0.4, 1, 1.5), ForecastScore.OfDraws(0.4, draws, 0.9).Crps, 0.03);
        Assert.Equal(0.6, ForecastScore.OfDraws(0.4, draws, 0.9).Error, 0.06);
        Assert.True(ForecastScore.OfDraws(3.4, draws, 0.9).IsInside);
        Assert.False(ForecastScore.OfDraws(3.6, draws, 0.9).IsInside);
    }

    [Fact]
    public void The_true_model_covers_what_its_intervals_promise()
    {
        Tensor series = new Arma(Tensor.From([0.7]), Tensor.Zeros(0), 0.0, 1.0, 420).Sample(RandomKey.FromSeed(2));
        Backtest test = Backtest.Run(series, 20, 2,
            (past, ahead) => new Arma(Tensor.From([0.7]), Tensor.Zeros(0), 0.0, 1.0, past.Count).Forecast(past, ahead), every: 4, probability: 0.8);

        // About 200 scores, pairs of them dependent: a standard error of 3.5 %; four of them.
        Assert.InRange(test.Coverage, 0.66, 0.94);
        Assert.InRange(test.Rows[0].Crps, 0.40, 0.75);
    }

    [Fact]
    public void Missing_observations_are_not_scored_and_nonsense_is_refused()
    {
        Tensor gaps = Tensor.Where(Tensor.Range(60).EqualTo(30), double.NaN, Walk);
        Backtest test = Backtest.RunDraws(gaps, 29, 1, (past, ahead) => past.Slice(0, past.Count - 1, 1).IsNan().ToArray<bool>()[0]
            ? Tensor.Zeros([10, ahead], DType.Float64) : past.Slice(0, past.Count - 1, 1)
                + new Normal(0.0, 1.0).Sample(RandomKey.FromSeed((ulong)past.Count), [10, ahead]));

        Assert.Equal((31, 30), (test.Origins.Count, test.Rows[0].Count));
        Assert.True(double.IsFinite(test.Crps));
        Assert.Contains("expected [draws, 2]", Assert.Throws<ArgumentException>(() => Backtest.RunDraws(Walk, 20, 2, (_, _) => Walk)).Message);
        Assert.Contains("more steps than", Assert.Throws<ArgumentException>(() => Backtest.RunDraws(Walk, 60, 2, (_, _) => Walk)).Message);
    }
}
