#!/usr/bin/env dotnet
// Is the coin fair? A Beta prior, ten tosses, and the posterior by SVI; the exact answer is Beta(16, 14).
// Run it: dotnet run samples/01-coin.cs        (PYRITE_SHORT=1 makes no difference: it takes a second)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

static void Model(Tensor x)                              // x: [N], coin tosses
{
    Tensor bias = Sample("bias", new Beta(10, 10));
    using (Plate("tosses", x.Shape[0]))
    {
        Sample("toss", new Bernoulli(bias), observed: x);
    }
}

static void Guide(Tensor x)
{
    Tensor a = Param("a", 15.0, Constraints.Positive), b = Param("b", 15.0, Constraints.Positive);
    Sample("bias", new Beta(a, b));
}

Tensor tosses = Tensor.From([1f, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
var svi = new Svi<Tensor>(Model, Guide, new Adam(learningRate: 0.005), new TraceElbo(particles: 4), seed: 1);
for (int step = 0; step < 3_000; step++)
{
    svi.Optimizer.LearningRate = 0.005 / (1 + (step / 500.0));
    svi.Step(tosses);
}
double a = svi.Parameters["a"].Item(), b = svi.Parameters["b"].Item();
double mean = a / (a + b);
double deviation = Math.Sqrt(mean * (1 - mean) / (a + b + 1));
Console.WriteLine($"posterior of the bias: {mean:F3} ± {deviation:F3} (exactly 0.533 ± 0.090)");

// Before and after the tosses, beside the exact posterior.
double[] places = [.. Enumerable.Range(1, 199).Select(i => i / 200.0)];
double[] Density(double heads, double tails) => new Beta(heads, tails).LogProb(Tensor.From(places)).Exp().ToArray<double>();
Directory.CreateDirectory("runs/01-coin");
Chart chart = new("Belief about a coin", "chance of heads", "density", width: 640, height: 360);
chart.AddLine("before", places, Density(10, 10), pattern: ScottPlot.LinePattern.Dotted);
chart.AddLine("after ten tosses", places, Density(a, b));
chart.AddLine("exact", places, Density(16, 14), pattern: ScottPlot.LinePattern.Dashed);
chart.SavePng("runs/01-coin/belief.png");
Console.WriteLine("Picture: runs/01-coin/belief.png");

// The check: mean within 0.2 and spread within 15 % of the exact ones.
bool passed = Math.Abs(mean - (16.0 / 30)) < 0.2 * 0.0896 && Math.Abs((deviation / 0.0896) - 1) < 0.15;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;
