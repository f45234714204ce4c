using System.Globalization;
using ScottPlot;

namespace Pyrite.Plotting;

/// <summary>Backtests as charts: <c>test.ToChart().SavePng("forecasts.png")</c>.</summary>
public static class BacktestExtensions
{
    private const int MostTicks = 12;

    extension(Backtest test)
    {
        /// <summary>The series, and over it what was forecast from some of the origins: lines with their intervals, each from its last
        /// observation on.</summary>
        /// <param name="forecasts">How many origins are shown at most, evenly chosen with the first and the last; 1 or more.</param>
        /// <param name="title">Text above the chart.</param>
        /// <param name="width">Width in pixels at density 1.</param>
        /// <param name="height">Height in pixels at density 1.</param>
        /// <remarks>Step t of the series stands at t, from 0. The note says how many origins are left out.</remarks>
        /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
        public Chart ToChart(int forecasts = 12, string title = "Forecasts and what came", int width = 900, int height = 420)
        {
            ArgumentNullException.ThrowIfNull(test);
            ArgumentOutOfRangeException.ThrowIfLessThan(forecasts, 1);
            double[] series = [.. test.Series];
            BacktestForecast[] shown = Chosen(test.Forecasts, forecasts);
            string left = shown.Length == test.Forecasts.Count ? "" : string.Create(CultureInfo.InvariantCulture,
                $"{shown.Length} of {test.Forecasts.Count} origins");
            Chart chart = new(title, "step", "value", width, height) { Note = left };
            bool isFirst = true;
            foreach (BacktestForecast forecast in shown)
            {
                double[] steps = [.. Enumerable.Range(forecast.Origin, forecast.Centre.Count).Select(step => (double)step)];
                string name = isFirst ? string.Create(CultureInfo.InvariantCulture, $"forecast and {100 * test.Probability:0.#} %") : "";
                chart.AddBand(name, steps, [.. forecast.Low], [.. forecast.High], [.. forecast.Centre], Theme.LineColors[0]);
                isFirst = false;
            }
            chart.AddLine("series", [.. series.Select((_, step) => (double)step)], series, Theme.Ink, width: 1.2);
            return chart;
        }

        /// <summary>How good forecasts are by the distance ahead: the score, and the share of observations inside of the intervals with the one that
        /// was promised.</summary>
        /// <param name="name">What these forecasts are called; empty where there are no others.</param>
        /// <param name="others">Backtests of other forecasters over the same distances, with their names.</param>
        /// <param name="width">Width in pixels at density 1.</param>
        /// <param name="height">Height in pixels at density 1.</param>
        /// <remarks>Distances that nothing could be compared at are left out. Coverages of a perfect forecaster scatter around the promise; with n
        /// scores, independent ones, by √(p (1 - p) / n).</remarks>
        /// <exception cref="ArgumentException">Backtests have intervals of other probabilities.</exception>
        public Figure ToHorizonFigure(string name = "", IReadOnlyList<(string Name, Backtest Test)>? others = null, int width = 900, int height = 380)
        {
            ArgumentNullException.ThrowIfNull(test);
            (string Name, Backtest Test)[] all = [(name, test), .. others ?? []];
            if (Array.Find(all, one => one.Test.Probability != test.Probability) is { Test: { } other })
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"Backtests were to be compared whose intervals promise {100 * test.Probability} % and {100 * other.Probability} %; their "
                        + $"coverages mean different things. Run them with the same probability."), nameof(others));
            }
            Figure figure = new(1, 2, "", width, height);
            (int cell, int high) = figure.Cell;
            Chart score = new("Score (CRPS; smaller is better)", "steps ahead", "units of the series", cell, high);
            Chart coverage = new("Coverage", "steps ahead", "share inside", cell, high);
            coverage.AddReferenceHeight(test.Probability);
            for (int i = 0; i < all.Length; i++)
            {
                BacktestRow[] rows = [.. all[i].Test.Rows.Where(row => row.Count > 0)];
                double[] ahead = Array.ConvertAll(rows, row => (double)row.Ahead);
                Color color = Theme.LineColors[i % Theme.LineColors.Count];
                score.AddLine(all[i].Name, ahead, Array.ConvertAll(rows, row => row.Crps), color, markers: true);
                coverage.AddLine(all[i].Name, ahead, Array.ConvertAll(rows, row => row.Coverage), color, markers: true);
            }
            score.FromZero();
            coverage.Axes.SetLimitsY(0, 1.05);
            int farthest = all.Max(one => one.Test.Rows.Count), every = (farthest + MostTicks - 1) / MostTicks;
            double[] ticks = [.. Enumerable.Range(1, farthest).Where(ahead => ahead % every == 0).Select(ahead => (double)ahead)];
            string[] labels = Array.ConvertAll(ticks, tick => tick.ToString(CultureInfo.InvariantCulture));
            score.Axes.Bottom.SetTicks(ticks, labels);
            coverage.Axes.Bottom.SetTicks(ticks, labels);
            return figure.Add(score).Add(coverage);
        }
    }

    private static BacktestForecast[] Chosen(IReadOnlyList<BacktestForecast> all, int most)
    {
        int count = Math.Min(most, all.Count);
        return [.. Enumerable.Range(0, count).Select(i => all[count == 1 ? all.Count - 1 : (int)Math.Round(i * (all.Count - 1.0) / (count - 1))])];
    }
}
