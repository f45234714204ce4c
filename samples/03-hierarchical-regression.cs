#!/usr/bin/env dotnet
// Radon-like data: houses in counties, a slope for the floor, and a level for each county that the others help to estimate.
// Run it: dotnet run samples/03-hierarchical-regression.cs        (PYRITE_SHORT=1 takes fewer steps and asks for less)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

const int Counties = 30;
bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";

// The truth: levels spread by 0.5 around 1.5, slope -0.7, noise 0.4; counties have 1 to 30 houses.
RandomKey key = RandomKey.FromSeed(3);
double[] levels = (1.5 + (0.5 * key.Child("levels").Normal([Counties]))).ToArray<double>();
var county = new List<long>();
for (int c = 0; c < Counties; c++)
{
    county.AddRange(Enumerable.Repeat((long)c, c + 1));
}
int houses = county.Count;
Tensor where = Tensor.From(county.ToArray());
Tensor floor = (key.Child("floor").Uniform([houses]) < 0.3).To(DType.Float32);
Tensor radon = Tensor.From(levels).To(DType.Float32).Take(where) - (0.7 * floor) + (0.4 * key.Child("noise").Normal([houses]));

void Model(Tensor? y)
{
    Tensor mean = Sample("mean", new Normal(0, 5));
    Tensor spread = Sample("spread", new HalfNormal(1));
    Tensor slope = Sample("slope", new Normal(0, 2));
    Tensor noise = Sample("noise", new HalfNormal(1));
    Tensor level;
    using (Plate("counties", Counties))
    {
        level = Sample("level", new Normal(mean, spread));
    }
    using (Plate("houses", houses))
    {
        Sample("radon", new Normal(level.Take(where) + (slope * floor), noise), observed: y);
    }
}

var guide = new AutoNormal<Tensor?>(Model);
var svi = new Svi<Tensor?>(Model, guide, new Adam(learningRate: 0.02), new TraceElbo(), seed: 1);
int steps = isShort ? 1_500 : 6_000;
for (int step = 0; step < steps; step++)
{
    svi.Optimizer.LearningRate = 0.02 * Math.Pow(0.05, (double)step / steps);
    svi.Step(radon);
}
Console.WriteLine(guide.Draw(svi.Parameters, 1_000).Select("mean", "spread", "slope", "noise").Summary());

// A county with one house is drawn towards the mean of all; one with thirty hardly is.
double[] fitted = guide.Median(svi.Parameters)["level"].ToArray<double>();
double error = Math.Sqrt(Enumerable.Range(0, Counties).Average(c => Math.Pow(fitted[c] - levels[c], 2)));
double slopeFound = guide.Median(svi.Parameters)["slope"].Item();
Draws again = svi.Predict(null, draws: 200);
double typical = again["radon"].Mean().Item() - radon.Mean().Item();
Console.WriteLine(
    $"slope {slopeFound:F2} (truth -0.70), error of the counties' levels {error:F2}, mean of predicted minus observed radon {typical:F3}");

// Each county's level with its middle 50 % and 90 %: the fewer houses, the wider, and the nearer to the mean of all.
var low = guide.Quantile(svi.Parameters, 0.05)["level"].ToArray<double>();
var lower = guide.Quantile(svi.Parameters, 0.25)["level"].ToArray<double>();
var upper = guide.Quantile(svi.Parameters, 0.75)["level"].ToArray<double>();
var high = guide.Quantile(svi.Parameters, 0.95)["level"].ToArray<double>();
Chart chart = new("Levels of counties with 1 to 30 houses", "level", width: 640, height: 560) { Note = "dashed: the mean of all counties" };
chart.AddReferencePlace(guide.Median(svi.Parameters)["mean"].Item());
for (int c = 0; c < Counties; c += 2)
{
    chart.AddInterval(c == 0 ? "1 house" : $"{c + 1} houses", fitted[c], (lower[c], upper[c]), (low[c], high[c]));
}
Directory.CreateDirectory("runs/03-hierarchical-regression");
chart.SavePng("runs/03-hierarchical-regression/levels.png");
Console.WriteLine("Picture: runs/03-hierarchical-regression/levels.png");

// The check: slope within 0.15, levels within 0.25 on average, predictions centred.
bool passed = Math.Abs(slopeFound + 0.7) < 0.15 && error < 0.25 && Math.Abs(typical) < 0.1;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;
