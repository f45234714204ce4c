#!/usr/bin/env dotnet
// A level that moves by random steps, seen with noise and with gaps, by NUTS: smoothed, and forecast from where it ended.
// Run it: dotnet run samples/16-local-level.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:property PublishAot=false
using Pyrite;
using static Pyrite.Primitives;

const int Ahead = 20;
bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int draws = isShort ? 200 : 1_000, warmup = isShort ? 200 : 1_000, days = isShort ? 80 : 200;

// The truth: steps of 0.3 a day, noise of 0.5, and every seventh day nobody looked.
RandomKey key = RandomKey.FromSeed(16);
double[] steps = new double[days + Ahead], noise = new double[days + Ahead], y = new double[days], truth = new double[days + Ahead];
key.Child("steps").FillNormal(steps);
key.Child("noise").FillNormal(noise);
for (int t = 0; t < days + Ahead; t++)
{
    truth[t] = (t == 0 ? 0 : truth[t - 1]) + (0.3 * steps[t]);
    if (t < days)
    {
        y[t] = t % 7 == 6 ? double.NaN : truth[t] + (0.5 * noise[t]);
    }
}
Tensor data = Tensor.From(y), isSeen = !data.IsNan();

void Model(int ahead)
{
    Tensor step = Sample("step", new HalfNormal(1)), spread = Sample("spread", new HalfNormal(1));
    (Tensor last, _) = Scan.Over("days", Tensor.Zeros([], DType.Float64), (data, isSeen), (level, today) =>
    {
        Tensor next = Sample("level", new Normal(level, step));
        using (new MaskHandler(today.isSeen).Enter())
        {
            Sample("y", new Normal(next, spread), observed: today.data);
        }
        return (next, next);
    });

    // What comes goes on from the carry; for inference there is nothing ahead.
    Scan.Over("ahead", last, ahead, level =>
    {
        Tensor next = Sample("future", new Normal(level, step));
        return (next, Sample("forecast", new Normal(next, spread)));
    });
}

// The levels of neighbouring days are tied to each other; their steps, in units of the step's size, are not.
Action model = new ReparameterizeHandler(("level", new LocScaleReparameterization(0))).Wrap(() => Model(0));
McmcResult posterior = Mcmc.Run(model, warmup: warmup, draws: draws, seed: 1);
Summary summary = posterior.Summary();
foreach (string name in (string[])["step", "spread"])
{
    Console.WriteLine($"{name}: {summary[name].Mean:0.00} ± {summary[name].StandardDeviation:0.00}");
}

Action longer = new ReparameterizeHandler(("level", new LocScaleReparameterization(0))).Wrap(() => Model(Ahead));
Draws predicted = Predictive.Draw(longer, posterior, seed: 2);
double[,] band = new double[Ahead, 2];
int inside = 0;
for (int t = 0; t < Ahead; t++)
{
    double[] ahead = predicted.Scalar($"forecast[{t}]");
    Array.Sort(ahead);
    (band[t, 0], band[t, 1]) = (ahead[ahead.Length / 20], ahead[ahead.Length * 19 / 20]);
    double seen = truth[days + t] + (0.5 * noise[days + t]);
    inside += seen >= band[t, 0] && seen <= band[t, 1] ? 1 : 0;
}
Console.WriteLine($"forecast of the first day: {band[0, 0]:0.0} to {band[0, 1]:0.0}");
Console.WriteLine($"forecast of the last day: {band[Ahead - 1, 0]:0.0} to {band[Ahead - 1, 1]:0.0}");
Console.WriteLine($"{inside} of {Ahead} days ahead lie in their 90 % intervals");

bool isFound = Math.Abs(summary["step"].Mean - 0.3) < 4 * summary["step"].StandardDeviation
    && Math.Abs(summary["spread"].Mean - 0.5) < 4 * summary["spread"].StandardDeviation
    && band[Ahead - 1, 1] - band[Ahead - 1, 0] > band[0, 1] - band[0, 0];
Console.WriteLine(isFound ? "check passed" : "check FAILED");
return isFound ? 0 : 1;
