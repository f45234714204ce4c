#!/usr/bin/env dotnet
// A network whose weights have a posterior: it fits a curve where there are data, and knows that it knows nothing where there are none.
// Run it: dotnet run samples/04-bayesian-neural-network.cs        (PYRITE_SHORT=1 takes fewer steps)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";

// y = sin(2 x) with noise 0.1, seen on [-2, -0.5] and [0.5, 2]: there is a hole in the middle, and nothing beyond.
RandomKey key = RandomKey.FromSeed(4);
Tensor left = -2 + (1.5 * key.Child("left").Uniform([40, 1])), right = 0.5 + (1.5 * key.Child("right").Uniform([40, 1]));
Tensor inputs = Tensor.Concat([left, right]);
Tensor outputs = (2 * inputs).Sin().Squeeze(-1) + (0.1 * key.Child("noise").Normal([80]));

var network = new Mlp([1, 20, 1], x => x.Tanh());

void Model((Tensor X, Tensor? Y) data)
{
    Tensor noise = Sample("noise", new HalfNormal(0.5));
    using (RandomModule("net", network, path => path.EndsWith("weight") ? new Normal(0, 1.5) : new Normal(0, 2)))
    {
        Tensor mean = network.Forward(data.X).Squeeze(-1);
        using (Plate("rows", data.X.Shape[0]))
        {
            Deterministic("mean", mean);
            Sample("y", new Normal(mean, noise), observed: data.Y);
        }
    }
}

var guide = new AutoNormal<(Tensor X, Tensor? Y)>(Model, GuideStart.PriorSample, initialScale: 0.05);
var svi = new Svi<(Tensor X, Tensor? Y)>(Model, guide, new Adam(learningRate: 0.02), new TraceElbo(), seed: 1);
int steps = isShort ? 4_000 : 15_000;
for (int step = 0; step < steps; step++)
{
    svi.Optimizer.LearningRate = 0.02 * Math.Pow(0.05, (double)step / steps);
    double loss = svi.Step((inputs, outputs));
    if (step % (steps / 5) == 0)
    {
        Console.WriteLine($"step {step}: loss {loss:F1}");
    }
}

// Predictions where there were data, and far from all of them.
Tensor grid = Tensor.From(new double[,] { { -1.5 }, { -1 }, { 1 }, { 1.5 }, { 4 }, { 6 } }).To(DType.Float32);
Draws predicted = svi.Predict((grid, null), draws: 400);
Tensor mean = predicted["mean"].Mean(0), spread = predicted["mean"].StandardDeviation([0]);
for (int i = 0; i < 6; i++)
{
    double x = grid[i, 0].Item();
    Console.WriteLine($"x = {x,4:F1}: {mean[i].Item(),6:F2} ± {spread[i].Item():F2}   (the curve: {Math.Sin(2 * x),5:F2})");
}

// The picture: the middle of the predictions, and a band of two standard deviations around it.
double[] places = [.. Enumerable.Range(0, 121).Select(i => -3 + (0.05 * i))];
Tensor curves = svi.Predict((Tensor.From(places).To(DType.Float32).Reshape(-1, 1), null), draws: 400)["mean"];
double[] centre = curves.Mean(0).ToArray<double>(), deviation = curves.StandardDeviation([0]).ToArray<double>();
double[] Around(double deviations) => [.. centre.Zip(deviation, (m, d) => m + (deviations * d))];
Chart chart = new("A network that is unsure", "x", "y", width: 640, height: 400);
chart.AddBand("network", places, Around(-2), Around(2), centre);
chart.AddLine("truth", places, Array.ConvertAll(places, x => Math.Sin(2 * x)), pattern: ScottPlot.LinePattern.Dashed);
chart.AddDots("data", inputs.ToArray<double>(), outputs.ToArray<double>());
Directory.CreateDirectory("runs/04-bayesian-neural-network");
chart.SavePng("runs/04-bayesian-neural-network/curve.png");
Console.WriteLine("Picture: runs/04-bayesian-neural-network/curve.png");

// The check: right where there are data, and several times less sure where there are none.
double worst = Enumerable.Range(0, 4).Max(i => Math.Abs(mean[i].Item() - Math.Sin(2 * grid[i, 0].Item())));
double near = Enumerable.Range(0, 4).Average(i => spread[i].Item()), far = spread[5].Item();
bool passed = worst < 0.25 && far > 3 * near;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;
