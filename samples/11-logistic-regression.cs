#!/usr/bin/env dotnet
// Logistic regression by NUTS: the weights with their uncertainty, and probabilities that can be believed on rows it has not seen.
// Run it: dotnet run samples/11-logistic-regression.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

const int Features = 4;
bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int draws = isShort ? 300 : 1_000;

// The truth: an intercept and four weights, the last of which does nothing.
double[] truth = [-0.5, 1.2, -0.8, 0.4, 0];
RandomKey key = RandomKey.FromSeed(11);
(double[] X, double[] Y) Simulate(string name, int rows)
{
    double[] x = new double[rows * Features], u = new double[rows], y = new double[rows];
    key.Child(name).Child("x").FillNormal(x);
    key.Child(name).Child("u").FillUniform(u);
    for (int row = 0; row < rows; row++)
    {
        y[row] = u[row] < Probability(truth, x, row) ? 1 : 0;
    }
    return (x, y);
}
(double[] xTrain, double[] yTrain) = Simulate("train", 800);
(double[] xTest, double[] yTest) = Simulate("test", 2_000);
Tensor inputs = Tensor.From<double>(xTrain, [yTrain.Length, Features]), outcomes = Tensor.From(yTrain);

void Model()
{
    Tensor intercept = Sample("intercept", new Normal(0, 2));
    Tensor weights = Sample("weights", new Normal(Tensor.Zeros(Features), 1).ToEvent(1));
    using (Plate("rows", yTrain.Length))
    {
        Sample("y", new Bernoulli(logits: intercept + inputs.MatMul(weights)), observed: outcomes);
    }
}

McmcResult posterior = Mcmc.Run(Model, draws: draws, warmup: isShort ? 300 : 1_000, seed: 1);
Summary summary = posterior.Summary();
Console.WriteLine(summary);

// The probability of a row not seen is the mean over the draws, not the probability at the mean weights.
double[] intercepts = posterior.Draws.Scalar("intercept");
double[][] weights = [.. Enumerable.Range(0, Features).Select(j => posterior.Draws.Scalar($"weights[{j}]"))];
double[] predicted = new double[yTest.Length];
for (int draw = 0; draw < intercepts.Length; draw += intercepts.Length / 100)
{
    double[] coefficients = [intercepts[draw], .. weights.Select(weight => weight[draw])];
    for (int row = 0; row < predicted.Length; row++)
    {
        predicted[row] += Probability(coefficients, xTest, row) / 100;
    }
}

// Calibration: of the rows that were given about 30 %, about 30 % are ones.
double worst = 0;
List<double> means = [], shares = [];
Console.WriteLine("predicted  observed   rows");
foreach (IGrouping<int, int> bin in Enumerable.Range(0, predicted.Length).GroupBy(row => (int)(5 * predicted[row])).OrderBy(bin => bin.Key))
{
    double mean = bin.Average(row => predicted[row]), share = bin.Average(row => yTest[row]);
    double error = Math.Sqrt(mean * (1 - mean) / bin.Count());
    means.Add(mean);
    shares.Add(share);
    worst = Math.Max(worst, Math.Abs(share - mean) / error);
    Console.WriteLine($"{mean,9:P0} {share,9:P0} {bin.Count(),6}");
}

Directory.CreateDirectory("runs/11-logistic-regression");
Chart chart = new("Are the probabilities right?", "predicted", "observed share", width: 640, height: 400);
chart.AddLine("perfect", [0, 1], [0, 1], Theme.Faint, pattern: ScottPlot.LinePattern.Dashed);
chart.AddLine("rows not seen", [.. means], [.. shares], markers: true);
chart.SavePng("runs/11-logistic-regression/calibration.png");
Console.WriteLine("Picture: runs/11-logistic-regression/calibration.png");

// The check: every coefficient within 4 posterior standard deviations of the truth, these below 0.15, shares within 4 standard errors.
double[] distances = [.. truth.Select((value, i) => Math.Abs(summary.Rows[i].Mean - value) / summary.Rows[i].StandardDeviation)];
bool passed =
    distances.Max() < 4 && summary.Rows.All(row => row.StandardDeviation < 0.15 && row.RHat < 1.05) && posterior.Divergences == 0 && worst < 4;
Console.WriteLine(
    $"Farthest coefficient: {distances.Max():F1} standard deviations from the truth; farthest share: {worst:F1} standard errors from its "
        + "prediction.");
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;

static double Probability(double[] coefficients, double[] x, int row)
{
    double logit = coefficients[0];
    for (int j = 0; j < Features; j++)
    {
        logit += coefficients[j + 1] * x[(row * Features) + j];
    }
    return 1 / (1 + Math.Exp(-logit));
}
