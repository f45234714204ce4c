using System.Globalization;
using System.Text;
using Pyrite.Backtesting;

namespace Pyrite;

/// <summary>Forecasts made at many points of a known series from what lay before each, and compared with what came (rolling origins).</summary>
/// <remarks>Nothing behind an origin is given to the forecaster. Missing observations, NaN, are passed on and not scored. Gneiting and Raftery,
/// "Strictly proper scoring rules" (2007), for the score. With <c>Pyrite.Plotting</c> it has charts: <c>test.ToChart()</c> and
/// <c>test.ToHorizonFigure()</c>.</remarks>
public sealed class Backtest
{
    private Backtest(double probability, double[] series, IReadOnlyList<BacktestRow> rows, IReadOnlyList<BacktestForecast> forecasts)
    {
        (Probability, Series, Rows, Forecasts) = (probability, series, rows, forecasts);
        Origins = [.. forecasts.Select(forecast => forecast.Origin)];
    }

    /// <summary>The probability of the intervals whose coverage is reported.</summary>
    public double Probability { get; }

    /// <summary>A row for each distance ahead.</summary>
    public IReadOnlyList<BacktestRow> Rows { get; }

    /// <summary>How many observations each forecast was made from.</summary>
    public IReadOnlyList<int> Origins { get; }

    /// <summary>The whole series; NaN where an observation is missing.</summary>
    public IReadOnlyList<double> Series { get; }

    /// <summary>What was forecast from each origin, also behind the end of the series.</summary>
    public IReadOnlyList<BacktestForecast> Forecasts { get; }

    /// <summary>The score over all distances.</summary>
    public double Crps => Over(row => row.Crps);

    /// <summary>The error over all distances.</summary>
    public double MeanAbsoluteError => Over(row => row.MeanAbsoluteError);

    /// <summary>The coverage over all distances.</summary>
    public double Coverage => Over(row => row.Coverage);

    /// <summary>Tests a forecaster that gives means and covariances, such as <c>(past, ahead) => Model(past.Count).Forecast(past.Unsqueeze(-1),
    /// ahead)</c>.
    /// </summary>
    /// <param name="series">The whole series, [steps].</param>
    /// <param name="first">How many observations the first forecast is made from; 1 or more.</param>
    /// <param name="horizon">How many steps ahead; 1 or more.</param>
    /// <param name="forecaster">Gets the past, [t], and the horizon; its first output is scored.</param>
    /// <param name="every">By how many steps the origin moves on.</param>
    /// <param name="probability">Of the intervals whose coverage is reported.</param>
    /// <exception cref="ArgumentException">The series is too short, or a forecast has another shape.</exception>
    public static Backtest Run(Tensor series, int first, int horizon, Func<Tensor, int, Forecast> forecaster, int every = 1, double probability = 0.9)
    {
        ArgumentNullException.ThrowIfNull(forecaster);
        double reach = new Normal(0, 1).InverseCdf(0.5 + (0.5 * probability)).Item();
        return Run(series, first, horizon, every, probability, (past, ahead) =>
        {
            Forecast forecast = forecaster(past, ahead);
            Require(forecast.Mean.Rank == 2 && forecast.Mean.Shape[0] == ahead, $"means of shape {forecast.Mean.Shape}, expected [{ahead}, outputs]");
            double[] mean = forecast.Mean.Select(-1, 0).ToArray<double>(), spread = forecast.StandardDeviation.Select(-1, 0).ToArray<double>();
            return (new BacktestForecast(past.Shape[0], mean, [.. mean.Zip(spread, (m, s) => m - (reach * s))],
                [.. mean.Zip(spread, (m, s) => m + (reach * s))]),
                (step, y) => new Score(Crps: ForecastScore.OfGaussian(y, mean[step], spread[step]), Error: Math.Abs(y - mean[step]),
                    IsInside: Math.Abs(y - mean[step]) <= reach * spread[step]));
        });
    }

    /// <summary>Tests a forecaster that gives draws, such as those of a posterior prediction.</summary>
    /// <param name="series">The whole series, [steps].</param>
    /// <param name="first">How many observations the first forecast is made from; 1 or more.</param>
    /// <param name="horizon">How many steps ahead; 1 or more.</param>
    /// <param name="forecaster">Gets the past, [t], and the horizon; gives draws, [draws, horizon].</param>
    /// <param name="every">By how many steps the origin moves on.</param>
    /// <param name="probability">Of the intervals whose coverage is reported.</param>
    /// <exception cref="ArgumentException">The series is too short, or draws have another shape.</exception>
    public static Backtest RunDraws(Tensor series, int first, int horizon, Func<Tensor, int, Tensor> forecaster, int every = 1,
        double probability = 0.9)
    {
        ArgumentNullException.ThrowIfNull(forecaster);
        return Run(series, first, horizon, every, probability, (past, ahead) =>
        {
            Tensor draws = forecaster(past, ahead);
            Require(draws.Rank == 2 && draws.Shape[1] == ahead && draws.Shape[0] > 1, $"draws of shape {draws.Shape}, expected [draws, {ahead}]");
            double[][] sorted = [.. Enumerable.Range(0, ahead).Select(step => draws.Select(1, step).ToArray<double>().Order().ToArray())];
            double tail = 0.5 * (1 - probability);
            return (new BacktestForecast(past.Shape[0], At(0.5), At(tail), At(1 - tail)),
                (step, y) => ForecastScore.OfDraws(y, sorted[step], probability));

            double[] At(double share) => Array.ConvertAll(sorted, draws => ForecastScore.Quantile(draws, share));
        });
    }

    /// <summary>A table of the rows.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Origins.Count} origins; intervals of {100 * Probability:0.#} %\n");
        text.Append("ahead  count      CRPS       MAE  coverage\n");
        foreach (BacktestRow row in Rows)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{row.Ahead,5}  {row.Count,5}  {row.Crps,8:G4}  {row.MeanAbsoluteError,8:G4}  {100 * row.Coverage,6:0.0} %\n");
        }
        return text.ToString();
    }

    private static Backtest Run(Tensor series, int first, int horizon, int every, double probability,
        Func<Tensor, int, (BacktestForecast Forecast, Func<int, double, Score> Score)> forecaster)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        if (!(probability > 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Backtest: a probability of intervals lies between 0 and 1.");
        }
        if (series.Rank != 1 || series.Shape[0] <= first)
        {
            throw new ArgumentException(
                $"Backtest: a series of shape {series.Shape} was to be forecast from its first {first} observations on; it must be [steps] "
                    + $"with more steps than "
                    + "that.", nameof(series));
        }
        double[] y = series.ToArray<double>();
        List<Score>[] scores = [.. Enumerable.Range(0, horizon).Select(_ => new List<Score>())];
        List<BacktestForecast> forecasts = [];
        for (int origin = first; origin < y.Length; origin += every)
        {
            (BacktestForecast forecast, Func<int, double, Score> score) = forecaster(series.Slice(0, 0, origin), horizon);
            forecasts.Add(forecast);
            for (int step = 0; step < horizon && origin + step < y.Length; step++)
            {
                if (!double.IsNaN(y[origin + step]))
                {
                    scores[step].Add(score(step, y[origin + step]));
                }
            }
        }
        return new Backtest(probability, y, [.. scores.Select((all, step) => new BacktestRow(step + 1, all.Count, Average(all, score => score.Crps),
            Average(all, score => score.Error), Average(all, score => score.IsInside ? 1 : 0)))], forecasts);
    }

    private static double Average(List<Score> scores, Func<Score, double> part) => scores.Count == 0 ? double.NaN : scores.Average(part);

    private static void Require(bool fits, string found)
    {
        if (!fits)
        {
            throw new ArgumentException($"Backtest: the forecaster gave {found}.");
        }
    }

    private double Over(Func<BacktestRow, double> part) => Rows.Where(row => row.Count > 0).Sum(row => row.Count * part(row)) / Rows.Sum(row =>
        row.Count);
}
