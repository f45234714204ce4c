#!/usr/bin/env dotnet
// Gaussian process regression by NUTS: how wiggly, how high and how noisy a curve is, and where it goes between the points.
// Run it: dotnet run samples/12-gaussian-process.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.GaussianProcesses
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

const double TrueNoise = 0.2;
bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int draws = isShort ? 250 : 1_000, points = isShort ? 30 : 60;

// The truth: y = 2 sin(x) exp(-x / 8) plus noise of 0.2, seen at random places from 0 to 10 but not between 4.5 and 6.
static double Curve(double x) => 2 * Math.Sin(x) * Math.Exp(-x / 8);
double[] u = new double[points], e = new double[points];
RandomKey.FromSeed(12).Child("places").FillUniform(u);
RandomKey.FromSeed(12).Child("noise").FillNormal(e);
double[] x = Array.ConvertAll(u, place => 8.5 * place < 4.5 ? 8.5 * place : (8.5 * place) + 1.5);
double[] y = [.. x.Select((place, i) => Curve(place) + (TrueNoise * e[i]))];

Tensor observed = Tensor.From(y), at = Tensor.From(x);

static GaussianProcess Process(Tensor x, Tensor length, Tensor height, Tensor noise) =>
    new(height.Square() * new Rbf(length), x, noiseVariance: noise.Square());

void Model()
{
    Tensor length = Sample("length", new InverseGamma(5, 5));       // hardly ever below 0.4, where curves pass through every point
    Tensor height = Sample("height", new HalfNormal(2));
    Tensor noise = Sample("noise", new HalfNormal(1));
    Sample("y", Process(at, length, height, noise), observed: observed);
}

McmcResult posterior = Mcmc.Run(Model, draws: draws, warmup: isShort ? 300 : 1_000, seed: 1);
Summary summary = posterior.Summary();
Console.WriteLine(summary);

// For each of some draws, mean and variance of the curve given the data.
double[] places = [.. Enumerable.Range(0, 101).Select(i => 0.1 * i)];
double[] mean = new double[places.Length], square = new double[places.Length];
double[] lengths = posterior.Draws.Scalar("length"), heights = posterior.Draws.Scalar("height"), noises = posterior.Draws.Scalar("noise");
const int Curves = 100;
for (int curve = 0; curve < Curves; curve++)
{
    int draw = curve * lengths.Length / Curves;
    GaussianProcess given = Process(at, lengths[draw], heights[draw], noises[draw]).Condition(observed, Tensor.From(places));
    double[] centre = given.Mean.ToArray<double>(), variance = given.Variance.ToArray<double>();
    for (int i = 0; i < places.Length; i++)
    {
        mean[i] += centre[i] / Curves;
        square[i] += ((centre[i] * centre[i]) + variance[i]) / Curves;
    }
}
double[] deviation = [.. square.Select((value, i) => Math.Sqrt(value - (mean[i] * mean[i])))];

Chart chart = new("A curve through noisy points", "x", "y", width: 640, height: 400);
chart.AddBand("posterior, 2 standard deviations", places, [.. mean.Zip(deviation, (m, d) => m - (2 * d))],
    [.. mean.Zip(deviation, (m, d) => m + (2 * d))], mean);
chart.AddLine("truth", places, Array.ConvertAll(places, Curve), pattern: ScottPlot.LinePattern.Dashed);
chart.AddDots("observed", x, y);
Directory.CreateDirectory("runs/12-gaussian-process");
chart.SavePng("runs/12-gaussian-process/curve.png");
Console.WriteLine("Picture: runs/12-gaussian-process/curve.png");

// The check: the noise is found, the curve is near the truth, its uncertainty covers the truth, and is larger in the gap than beside it.
double noiseFound = summary["noise"].Mean, error = Math.Sqrt(places.Select((place, i) => Math.Pow(mean[i] - Curve(place), 2)).Average());
double covered = places.Select((place, i) => Math.Abs(mean[i] - Curve(place)) < 2 * deviation[i] ? 1.0 : 0).Average();
Console.WriteLine(
    $"noise {noiseFound:F2} (truth {TrueNoise}), error of the curve {error:F2}, truth covered at {covered:P0} of the places, deviation in the "
        + $"gap {deviation[53]:F2}, beside it {deviation[40]:F2}");
bool passed =
    Math.Abs(noiseFound - TrueNoise) < 0.08 && error < 0.2 && covered > 0.8 && deviation[53] > deviation[40]
        && summary.Rows.All(row => row.RHat < 1.05) && posterior.Divergences <= draws / 25;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;
