#!/usr/bin/env dotnet
// Monthly sales with a trend and a season: parts that add up, scales by NUTS, a forecast, and a backtest against two simpler forecasts.
// Run it: dotnet run samples/19-forecasting.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite.TimeSeries
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

const int Ahead = 12;
bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int draws = isShort ? 100 : 500;

// The truth: a level that moves by 0.3 a month with a slope of 0.2, a season of size 4, and noise of 0.8. Three months are missing.
const int Months = 120;
RandomKey key = RandomKey.FromSeed(19);
double[] steps = new double[Months + Ahead], noise = new double[Months + Ahead], all = new double[Months + Ahead];
key.Child("steps").FillNormal(steps);
key.Child("noise").FillNormal(noise);
double level = 50;
for (int t = 0; t < Months + Ahead; t++)
{
    level += 0.2 + (0.3 * steps[t]);
    all[t] = level + (4 * Math.Sin(2 * Math.PI * t / 12)) + (0.8 * noise[t]);
}
Tensor y = Tensor.From(all).Slice(0, 0, Months);
Tensor isSeen = Tensor.From([.. Enumerable.Range(0, Months).Select(t => t is not 40 and not 41 and not 90)]);

static StateSpaceComponents Parts(Tensor levelScale, Tensor seasonScale, Tensor noiseScale) =>
    new LocalLinearTrend(levelScale, 0.0) + new TrigonometricSeasonal(12, seasonScale, waves: 2) + new ObservationNoise(noiseScale);

void Model()
{
    Tensor levelScale = Sample("level", new HalfNormal(1)), seasonScale = Sample("season", new HalfNormal(0.2));
    Tensor noiseScale = Sample("noise", new HalfNormal(2));
    Sample("y", Parts(levelScale, seasonScale, noiseScale).ToStateSpace(Months, isSeen), observed: y.Unsqueeze(-1));
}

McmcResult posterior = Mcmc.Run(Model, chains: 2, warmup: draws, draws: draws, seed: 1);
Console.WriteLine(posterior.Summary());

// The forecast: exact given the scales, here at their posterior means.
Tensor[] scales = [.. new[] { "level", "season", "noise" }.Select(name => posterior[name].Mean())];
StateSpaceComponents parts = Parts(scales[0], scales[1], scales[2]);
LinearGaussianStateSpace fitted = parts.ToStateSpace(Months, isSeen);
(Tensor low, Tensor high) = fitted.Forecast(y.Unsqueeze(-1), Ahead).Interval(0.9);
double[] from = low.Reshape(Ahead).ToArray<double>(), to = high.Reshape(Ahead).ToArray<double>();
int inside = Enumerable.Range(0, Ahead).Count(i => all[Months + i] >= from[i] && all[Months + i] <= to[i]);
Console.WriteLine($"{inside} of {Ahead} months ahead lie in their 90 % intervals");

// What the season contributes, given everything.
double[] season = parts.Contribution(fitted.Smooth(y.Unsqueeze(-1)), 1).Mean.ToArray<double>();
Console.WriteLine($"the season lifts its best month by {season[^12..].Max():0.0}");

// The backtest: from every third month of the second half, three months ahead.
Tensor whole = Tensor.From(all);
Backtest structural = Run((past, ahead) => parts.ToStateSpace(past.Count).Forecast(past.Unsqueeze(-1), ahead));
Backtest withoutSeason = Run((past, ahead) =>
    (new LocalLinearTrend(scales[0], 0.0) + new ObservationNoise(3.0)).ToStateSpace(past.Count).Forecast(past.Unsqueeze(-1), ahead));
Console.Write(structural);
Console.WriteLine($"CRPS {structural.Crps:0.00}; without the season {withoutSeason.Crps:0.00}");

Backtest Run(Func<Tensor, int, Forecast> forecaster) => Backtest.Run(whole, first: 60, horizon: 3, forecaster, every: 3);

// The picture: the last years, and what comes.
Directory.CreateDirectory("runs/19-forecasting");
double[] months = [.. Enumerable.Range(0, Months + Ahead).Select(t => (double)t)];
Chart chart = new("Sales, and the next year", "month", "sales", width: 640, height: 360);
chart.AddBand("90 % of forecasts", months[Months..], from, to);
chart.AddLine("sales", months[84..], all[84..], markers: true);
chart.SavePng("runs/19-forecasting/forecast.png");

// The backtest, too: forecasts over what came, and how good they are by the distance ahead.
structural.ToChart(forecasts: 8, title: "Forecasts of three months, and what came", height: 360).SavePng("runs/19-forecasting/origins.png");
structural.ToHorizonFigure("with the season", [("without it", withoutSeason)]).SavePng("runs/19-forecasting/horizons.png");
Console.WriteLine("Pictures: runs/19-forecasting/forecast.png, origins.png and horizons.png");

// The check: the noise within four posterior deviations, most months inside, the season found, and worth knowing.
SummaryRow found = posterior.Summary()["noise"];
bool isRight = Math.Abs(found.Mean - 0.8) < 4 * found.StandardDeviation && inside >= 8 && Math.Abs(season[^12..].Max() - 4) < 1
    && structural.Crps < 0.7 * withoutSeason.Crps && structural.Coverage > 0.75;
Console.WriteLine(isRight ? "Check passed: the season is found and worth knowing." : "Check FAILED: the forecast is not what it should be.");
return isRight ? 0 : 1;
