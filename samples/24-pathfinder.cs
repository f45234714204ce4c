#!/usr/bin/env dotnet
// A regression with many weights: Pathfinder gives a posterior to look at in a fraction of a second, says how far it can be trusted, and gives NUTS
// its starts.
// Run it: dotnet run samples/24-pathfinder.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

const int Features = 12;
bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int rows = 400, draws = isShort ? 300 : 1_000;

// The truth: half of the weights do nothing.
double[] truth = [.. Enumerable.Range(0, Features).Select(j => j % 2 == 0 ? 0 : (0.3 * j) - 1.5)];
double[] x = new double[rows * Features], noise = new double[rows];
RandomKey.FromSeed(24).Child("x").FillNormal(x);
RandomKey.FromSeed(24).Child("noise").FillNormal(noise);
double[] y = [.. Enumerable.Range(0, rows).Select(row => noise[row] + Enumerable.Range(0, Features).Sum(j => x[(row * Features) + j] * truth[j]))];
Tensor inputs = Tensor.From<double>(x, [rows, Features]), outcomes = Tensor.From(y);

void Model()
{
    Tensor spread = Sample("spread", new HalfNormal(1)), error = Sample("error", new HalfNormal(2));
    Tensor weights = Sample("weights", new Normal(Tensor.Zeros(Features), spread).ToEvent(1));
    using (Plate("rows", rows))
    {
        Sample("y", new Normal(inputs.MatMul(weights), error), observed: outcomes);
    }
}

PathfinderResult path = Pathfinder.Run(Model, draws: draws, seed: 1);
foreach (PathfinderPath one in path.Paths)
{
    Console.WriteLine($"{one.Status}: {one.Iterations} steps, {one.Evaluations} densities, ELBO {one.Elbo:F1}");
}
Console.WriteLine($"Pareto k {path.ParetoK:F2}: {(path.IsReliable ? "averages can be trusted" : "only good for starts")}");

// NUTS from there, with a third of the usual warm-up.
McmcResult posterior = Mcmc.Run(Model, warmup: 300, draws: draws, seed: 1, start: path);
Summary summary = posterior.Summary();
Console.WriteLine(summary);

double farthest = Enumerable.Range(0, Features).Max(j =>
    Math.Abs(path.Draws.Scalar($"weights[{j}]").Average() - summary[$"weights[{j}]"].Mean) / summary[$"weights[{j}]"].StandardDeviation);
Directory.CreateDirectory("runs/24-pathfinder");
posterior.Plots.Intervals("weights").SavePng("runs/24-pathfinder/weights.png");
Console.WriteLine("Picture: runs/24-pathfinder/weights.png");
Console.WriteLine($"Farthest mean of Pathfinder: {farthest:F2} standard deviations from that of NUTS");
bool passed = path.IsReliable && farthest < 0.3 && summary.Rows.All(row => row.RHat < 1.05) && posterior.Divergences == 0;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;
