#!/usr/bin/env dotnet
// Predators and prey: a differential equation inside the model, solved by Runge and Kutta's method in C#; gradients go through the solver.
// Run it: dotnet run samples/13-lotka-volterra.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

const int Years = 20, StepsPerYear = 2;
bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int draws = isShort ? 200 : 1_000;

// The truth (Lotka 1925, Volterra 1926): prey u' = (alpha - beta v) u, predators v' = (delta u - gamma) v, counted once a year with errors of 15 %.
var truth = new Dictionary<string, double>
{
    ["alpha"] = 0.55,
    ["beta"] = 0.028,
    ["gamma"] = 0.80,
    ["delta"] = 0.024,
    ["prey0"] = 30,
    ["predators0"] = 5,
    ["error"] = 0.15,
};
(double[] prey, double[] predators) = Simulate(100);
double[] preyNoise = new double[Years + 1], predatorNoise = new double[Years + 1];
RandomKey.FromSeed(13).Child("prey").FillNormal(preyNoise);
RandomKey.FromSeed(13).Child("predators").FillNormal(predatorNoise);
double[] preyCounts = [.. prey.Select((count, i) => count * Math.Exp(truth["error"] * preyNoise[i]))];
double[] predatorCounts = [.. predators.Select((count, i) => count * Math.Exp(truth["error"] * predatorNoise[i]))];
Tensor seenPrey = Tensor.From(preyCounts), seenPredators = Tensor.From(predatorCounts);

void Model()
{
    Tensor alpha = Sample("alpha", new LogNormal(Math.Log(0.7), 0.5)), beta = Sample("beta", new LogNormal(Math.Log(0.03), 0.5));
    Tensor gamma = Sample("gamma", new LogNormal(Math.Log(0.7), 0.5)), delta = Sample("delta", new LogNormal(Math.Log(0.03), 0.5));
    Tensor u = Sample("prey0", new LogNormal(Math.Log(20), 1)), v = Sample("predators0", new LogNormal(Math.Log(10), 1));
    Tensor error = Sample("error", new LogNormal(Math.Log(0.2), 0.5));

    // Logarithms stay finite where populations nearly die out: (log u)' = alpha - beta v, (log v)' = delta u - gamma.
    (Tensor Prey, Tensor Predators) Slope(Tensor logPrey, Tensor logPredators) =>
        (alpha - (beta * logPredators.Exp()), (delta * logPrey.Exp()) - gamma);
    Tensor p = u.Log(), q = v.Log();
    List<Tensor> preyPath = [p], predatorPath = [q];
    const double H = 1.0 / StepsPerYear;
    for (int step = 1; step <= Years * StepsPerYear; step++)
    {
        (Tensor p1, Tensor q1) = Slope(p, q);
        (Tensor p2, Tensor q2) = Slope(p + (H / 2 * p1), q + (H / 2 * q1));
        (Tensor p3, Tensor q3) = Slope(p + (H / 2 * p2), q + (H / 2 * q2));
        (Tensor p4, Tensor q4) = Slope(p + (H * p3), q + (H * q3));
        p += H / 6 * (p1 + (2 * (p2 + p3)) + p4);
        q += H / 6 * (q1 + (2 * (q2 + q3)) + q4);
        if (step % StepsPerYear == 0)
        {
            preyPath.Add(p);
            predatorPath.Add(q);
        }
    }
    using (Plate("years", Years + 1))
    {
        Tensor logPrey = Tensor.Stack([.. preyPath]), logPredators = Tensor.Stack([.. predatorPath]);
        Deterministic("prey", logPrey.Exp());
        Deterministic("predators", logPredators.Exp());
        Sample("preyCount", new LogNormal(logPrey, error), observed: seenPrey);
        Sample("predatorCount", new LogNormal(logPredators, error), observed: seenPredators);
    }
}

// Starts near the middle of the prior: from far away the first trajectories would be long.
Dictionary<string, Tensor> first =
    new() { ["alpha"] = 0.7, ["beta"] = 0.03, ["gamma"] = 0.7, ["delta"] = 0.03, ["prey0"] = 20, ["predators0"] = 10, ["error"] = 0.3 };
McmcResult posterior = Mcmc.Run(Model, draws: draws, warmup: isShort ? 300 : 1_000, seed: 1, start: InitialValues.Near(first));
Summary summary = posterior.Draws.Select(truth.Keys).Summary();
Console.WriteLine(summary);

Directory.CreateDirectory("runs/13-lotka-volterra");
double[] years = [.. Enumerable.Range(0, Years + 1).Select(year => (double)year)];
Chart chart = new("Prey and predators: counts, medians and middle 90 %", "year", "count", width: 720, height: 400)
{
    LegendPlacement = LegendPlacement.Right,
};
foreach ((string name, double[] counts, string color) in new[] { ("prey", preyCounts, "#3f90da"), ("predators", predatorCounts, "#e42536") })
{
    double[][] sorted = [.. years.Select((_, year) => posterior.Draws.Scalar($"{name}[{year}]").Order().ToArray())];
    double[] Quantile(double probability) => Array.ConvertAll(sorted, values => values[(int)(probability * (values.Length - 1))]);
    ScottPlot.Color hue = ScottPlot.Color.FromHex(color);
    chart.AddBand(name, years, Quantile(0.05), Quantile(0.95), Quantile(0.5), hue);
    chart.AddDots("", years, counts, hue);
}
chart.FromZero();
chart.SavePng("runs/13-lotka-volterra/populations.png");
Console.WriteLine("Picture: runs/13-lotka-volterra/populations.png");

// The check: every parameter within 4 posterior standard deviations of the truth, rates known to 20 %, chains that agree, a solver that is exact
// enough.
double solver = Simulate(StepsPerYear).Prey.Zip(prey, (coarse, fine) => Math.Abs((coarse / fine) - 1)).Max();
double farthest = truth.Max(parameter => Math.Abs(summary[parameter.Key].Mean - parameter.Value) / summary[parameter.Key].StandardDeviation);
bool isSharp = new[] { "alpha", "beta", "gamma", "delta" }.All(name => summary[name].StandardDeviation < 0.2 * truth[name]);
Console.WriteLine(
    $"Farthest parameter: {farthest:F1} standard deviations from the truth; largest error of the "
        + $"solver {solver:P1}; {posterior.Divergences} divergences.");
bool passed = farthest < 4 && isSharp && solver < 0.02 && summary.Rows.All(row => row.RHat < 1.05) && posterior.Divergences <= draws / 25;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;

// The same equation in plain numbers.
(double[] Prey, double[] Predators) Simulate(int stepsPerYear)
{
    double p = Math.Log(truth["prey0"]), q = Math.Log(truth["predators0"]), h = 1.0 / stepsPerYear;
    (double, double) Slope(double p, double q) => (truth["alpha"] - (truth["beta"] * Math.Exp(q)), (truth["delta"] * Math.Exp(p)) - truth["gamma"]);
    List<double> preys = [Math.Exp(p)], hunters = [Math.Exp(q)];
    for (int step = 1; step <= Years * stepsPerYear; step++)
    {
        (double p1, double q1) = Slope(p, q);
        (double p2, double q2) = Slope(p + (h / 2 * p1), q + (h / 2 * q1));
        (double p3, double q3) = Slope(p + (h / 2 * p2), q + (h / 2 * q2));
        (double p4, double q4) = Slope(p + (h * p3), q + (h * q3));
        (p, q) = (p + (h / 6 * (p1 + (2 * (p2 + p3)) + p4)), q + (h / 6 * (q1 + (2 * (q2 + q3)) + q4)));
        if (step % stepsPerYear == 0)
        {
            preys.Add(Math.Exp(p));
            hunters.Add(Math.Exp(q));
        }
    }
    return ([.. preys], [.. hunters]);
}
