#!/usr/bin/env dotnet
// Counts along a line, such as calls per day: a smooth rate under Poisson noise by NUTS, with the process as a sum of functions.
// Run it: dotnet run samples/21-counts-hsgp.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.GaussianProcesses
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int days = isShort ? 300 : 1_000, draws = isShort ? 150 : 1_000;

// The truth: a rate that swings between about 2 and 12 calls a day. The last tenth of the days is not seen.
static double LogRate(double t) => 1.5 + (0.6 * Math.Sin(7 * t)) + (0.4 * Math.Sin((17 * t) + 1));
double[] time = [.. Enumerable.Range(0, days).Select(day => day / (double)days)];
double[] rates = Array.ConvertAll(time, t => Math.Exp(LogRate(t)));
double[] calls = new Poisson(Tensor.From(rates)).Sample(RandomKey.FromSeed(21)).ToArray<double>();
int seen = days * 9 / 10;
Tensor t = Tensor.From(time), past = t.Slice(0, 0, seen), counts = Tensor.From(calls[..seen]);

// How many functions, and how wide a box around all places, lengthscales between 0.05 and 0.3 of the time need.
HilbertSuggestion suggestion = HilbertGaussianProcess.Suggest<Matern52>(t, shortest: 0.05, longest: 0.3);
HilbertBasis basis = new(suggestion.Counts, HilbertBox.Around(past, t, suggestion.Factor));
Tensor functions = basis.At(past), allFunctions = basis.At(t);
Console.WriteLine($"{basis.Count} functions for {seen} days, in a box {suggestion.Factor:F2} times as wide as the days");

void Model()
{
    Tensor level = Sample("level", new Normal(0, 3)), height = Sample("height", new HalfNormal(1));
    Tensor length = Sample("length", new InverseGamma(5, 0.6));
    HilbertGaussianProcess process = new(height.Square() * new Matern52(length), basis);
    Tensor logRate = level + functions.MatMul(process.Weights("weights").Unsqueeze(-1)).Squeeze(-1);
    using (Plate("days", seen))
    {
        Sample("calls", new Poisson(logRate: logRate), observed: counts);
    }
}

McmcResult posterior = Mcmc.Run(Model, new Nuts(targetAcceptance: 0.9), chains: isShort ? 2 : 4, draws: draws,
    warmup: isShort ? 200 : 1_000, seed: 1);
Summary summary = posterior.Summary();
foreach (string name in (string[])["level", "height", "length"])
{
    Console.WriteLine($"{name,-7} {summary[name].Mean,6:F2} ± {summary[name].StandardDeviation:F2}   R-hat {summary[name].RHat:F3}, ESS "
        + $"{summary[name].EssBulk:F0}");
}

// The rate at all days, those behind the data too, from each draw: the functions times the weights.
Tensor weights = posterior.Draws["weights"].Reshape(-1, basis.Count), levels = Tensor.From(posterior.Draws.Scalar("level")).Reshape(-1, 1);
Tensor logRates = levels + weights.MatMul(allFunctions.Transpose());
double[][] quantiles = [.. logRates.Exp().Quantile([0.05, 0.5, 0.95], 0).ToArray<double>().Chunk(days)];

Chart chart = new("Calls a day", "time", "calls", width: 760, height: 420);
chart.AddDots("seen", time[..seen], calls[..seen], diameter: 2);
chart.AddBand("rate, 90 %", time, quantiles[0], quantiles[2], quantiles[1]);
chart.AddLine("truth", time, rates, pattern: ScottPlot.LinePattern.Dashed);
Directory.CreateDirectory("runs/21-counts-hsgp");
chart.SavePng("runs/21-counts-hsgp/rate.png");
Console.WriteLine("Picture: runs/21-counts-hsgp/rate.png");

// The check: the band holds the truth where there are data, and it widens where there are none.
double covered = Enumerable.Range(0, seen).Average(i => quantiles[0][i] < rates[i] && rates[i] < quantiles[2][i] ? 1.0 : 0);
double within = Math.Log(quantiles[2][seen / 2] / quantiles[0][seen / 2]), behind = Math.Log(quantiles[2][^1] / quantiles[0][^1]);
Console.WriteLine($"truth inside the 90 % band on {covered:P0} of the days; the band is {behind / within:F1} times as wide at the end as in the "
    + $"middle");
bool passed = covered > 0.7 && behind > 1.5 * within
    && summary.Rows.All(row => row.RHat < (isShort ? 1.1 : 1.05)) && posterior.Divergences <= draws / 10;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;
