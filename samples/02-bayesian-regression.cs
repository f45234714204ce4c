#!/usr/bin/env dotnet
// Bayesian linear regression by SVI, with the band in which new data are expected.
// Run it: dotnet run samples/02-bayesian-regression.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";

static void Model((Tensor X, Tensor? Y) data)            // Y null: the site is latent, so the same model predicts
{
    Tensor bias = Sample("bias", new Normal(0, 10));
    Tensor slope = Sample("slope", new Normal(0, 10));
    Tensor scale = Sample("scale", new HalfNormal(2));
    using (Plate("rows", data.X.Shape[0]))
    {
        Sample("y", new Normal(bias + (slope * data.X), scale), observed: data.Y);
    }
}

static void Guide((Tensor X, Tensor? Y) data)
{
    Sample("bias", new Normal(Param("bias_loc", 0.0), Param("bias_scale", 0.5, Constraints.Positive)));
    Sample("slope", new Normal(Param("slope_loc", 0.0), Param("slope_scale", 0.5, Constraints.Positive)));
    Sample("scale", new LogNormal(Param("scale_loc", 0.0), Param("scale_scale", 0.3, Constraints.Positive)));
}

// Data: 60 points around 1.5 - 0.8 x, with noise of 0.7. The x are centred, so that bias and slope are nearly independent.
const int Rows = 60;
Tensor x = RandomKey.FromSeed(1).Normal([Rows]);
Tensor y = 1.5 - (0.8 * x) + (0.7 * RandomKey.FromSeed(2).Normal([Rows]));

int steps = isShort ? 1_500 : 5_000;
var svi = new Svi<(Tensor X, Tensor? Y)>(Model, Guide, new Adam(0.03) { Schedule = new CosineSchedule(steps) }, new TraceElbo(particles: 4), seed: 1);
SviResult fit = svi.Run((x, y), steps, new Progress<SviProgress>());
Console.WriteLine(fit);

// Draws of new data: the fit draws the latent sites, and the model draws y anew at each point of a grid.
const int Draws = 2_000, Points = 50;
const double Left = -3.75, Right = 3;
Tensor grid = Tensor.LinearSpace(Left, Right, Points);
Tensor drawn = svi.Predict((grid, null), Draws)["y"];                    // [2000, 50]
Tensor quantiles = drawn.Quantile([0.05, 0.5, 0.95], axis: 0);           // [3, 50]
double[] at = grid.ToArray<double>(), low = quantiles[0].ToArray<double>(), middle = quantiles[1].ToArray<double>(),
    high = quantiles[2].ToArray<double>();

Directory.CreateDirectory("runs/02-bayesian-regression");
Chart chart = new("90 % predictive band", "x", "y", width: 640, height: 400);
chart.AddBand("prediction", at, low, high, middle);
chart.AddDots("data", x.ToArray<double>(), y.ToArray<double>());
chart.SavePng("runs/02-bayesian-regression/band.png");
Console.WriteLine("Picture: runs/02-bayesian-regression/band.png");

// The check: with so vague priors the posterior is that of least squares, and about 90 % of the data lie in the band.
double[] xs = x.ToArray<double>(), ys = y.ToArray<double>();
double meanX = xs.Average(), meanY = ys.Average(), spread = xs.Sum(v => (v - meanX) * (v - meanX));
double slope = xs.Zip(ys, (a, b) => (a - meanX) * (b - meanY)).Sum() / spread;
double bias = meanY - (slope * meanX);
double noise = Math.Sqrt(xs.Zip(ys, (a, b) => Math.Pow(b - bias - (slope * a), 2)).Sum() / (Rows - 2));
double slopeError = noise / Math.Sqrt(spread);
double inside = xs.Zip(ys, (a, b) => IsInside(a, b) ? 1.0 : 0).Average();
Console.WriteLine(
    $"slope {svi.Parameters["slope_loc"].Item():F3} ± {svi.Parameters["slope_scale"].Item():F3} (least squares {slope:F3} ± {slopeError:F3}), "
        + $"bias {svi.Parameters["bias_loc"].Item():F3} ({bias:F3}), {inside:P0} of the data in the band");
bool passed = Math.Abs(svi.Parameters["slope_loc"].Item() - slope) < 0.3 * slopeError
    && Math.Abs(svi.Parameters["bias_loc"].Item() - bias) < 0.3 * slopeError
    && Math.Abs((svi.Parameters["slope_scale"].Item() / slopeError) - 1) < 0.15
    && inside is > 0.8 and < 0.99;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;

bool IsInside(double a, double b)
{
    int nearest = Math.Clamp((int)Math.Round((a - Left) / (Right - Left) * (Points - 1)), 0, Points - 1);
    return b >= low[nearest] && b <= high[nearest];
}
