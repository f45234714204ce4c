using System.Text.RegularExpressions;
using ScottPlot.Plottables;

namespace Pyrite.Plotting.Tests;

public sealed class BacktestExtensionsTests
{
    private static readonly Tensor Walk = RandomKey.FromSeed(4).Normal([60], DType.Float64).CumulativeSum(0);
    private static readonly Backtest Right = Of(1.0, 0.9);
    private static readonly Backtest Narrow = Of(0.3, 0.9);

    [Fact]
    public void A_chart_has_the_series_and_a_fan_for_each_origin_that_is_shown()
    {
        Chart chart = Right.ToChart(forecasts: 3);
        Scatter[] lines = [.. chart.GetPlottables<Scatter>()];
        double[][] x = [.. lines.Select(line => line.Data.GetScatterPoints().Select(point => point.X).ToArray())];

        // Origins 20, 25, …, 55: the first, the middle one, the last, each with its horizon; then the series.
        Assert.Equal([[20.0, 21, 22, 23], [40.0, 41, 42, 43], [55.0, 56, 57, 58]], x[..3]);
        Assert.Equal(Right.Forecasts[4].Centre, lines[1].Data.GetScatterPoints().Select(point => point.Y));
        Assert.Equal(Walk.ToArray<double>(), lines[3].Data.GetScatterPoints().Select(point => point.Y));
        Assert.Equal(3, chart.GetPlottables<Polygon>().Count());
        Polygon band = chart.GetPlottables<Polygon>().ElementAt(2);
        Assert.Equal(Right.Forecasts[^1].High, band.Coordinates[..4].Select(point => point.Y));
        Assert.Equal("3 of 8 origins", chart.Note);
        Assert.All((string[])["Forecasts and what came", "forecast and 90 %", "series"], text => Assert.Contains(text, Readable(chart)));
        Assert.Equal("", Right.ToChart().Note);
        Assert.Equal([55.0, 56, 57, 58],
            Right.ToChart(forecasts: 1).GetPlottables<Scatter>().First().Data.GetScatterPoints().Select(point => point.X));
    }

    [Fact]
    public void A_figure_compares_forecasters_by_the_distance_ahead()
    {
        Figure figure = Right.ToHorizonFigure("right", [("too sure", Narrow)]);
        Chart score = (Chart)figure.Subplots.GetPlot(0), coverage = (Chart)figure.Subplots.GetPlot(1);

        Assert.Equal(Narrow.Rows.Select(row => row.Crps), Heights(score, 1));
        Assert.Equal(Right.Rows.Select(row => row.Coverage), Heights(coverage, 0));
        Assert.Equal(0.9, coverage.GetPlottables<HorizontalLine>().First().Y);
        Assert.All((string[])["Score (CRPS; smaller is better)", "Coverage", "steps ahead", "right", "too sure"],
            text => Assert.Contains(text, Readable(figure)));
        Assert.Contains("promise 90 % and 50 %", Assert.Throws<ArgumentException>(() =>
            Right.ToHorizonFigure("right", [("other", Of(1.0, 0.5))])).Message);
    }

    [Fact]
    public void Gaps_are_gaps_and_distances_without_a_score_are_left_out()
    {
        Tensor gaps = Tensor.Where(Tensor.Range(60).EqualTo(30), double.NaN, Walk);
        Backtest test = Backtest.RunDraws(gaps, 58, 4, (past, ahead) => RandomKey.FromSeed((ulong)past.Count).Normal([20, ahead], DType.Float64));

        Assert.Equal(1, test.ToChart().PointsLeftOut);
        Assert.Equal(2, Heights((Chart)test.ToHorizonFigure().Subplots.GetPlot(0), 0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => test.ToChart(forecasts: 0));
    }

    private static Backtest Of(double scale, double probability) => Backtest.Run(Walk, 20, 4,
        (past, ahead) => (new LocalLevel(scale) + new ObservationNoise(0.1)).ToStateSpace(past.Count).Forecast(past.Unsqueeze(-1), ahead), every: 5,
        probability: probability);

    private static double[] Heights(Chart chart, int line) =>
        [.. chart.GetPlottables<Scatter>().ElementAt(line).Data.GetScatterPoints().Select(point => point.Y)];

    private static string Readable(IPicture picture) => System.Net.WebUtility.HtmlDecode(Regex.Replace(picture.ToSvg(), @"\s+", " "));
}
