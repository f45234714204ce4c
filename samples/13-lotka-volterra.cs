#!/usr/bin/env dotnet
// Predators and prey: a differential equation inside the model; the solver keeps to a tolerance, and gradients go through it.
// Run it: dotnet run samples/13-lotka-volterra.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite.DifferentialEquations
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

const int Years = 20;
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
double[] years = [.. Enumerable.Range(0, Years + 1).Select(year => (double)year)];
Tensor times = Tensor.From(years);

// Logarithms cannot become negative where populations nearly die out: (log u)' = alpha - beta v, (log v)' = delta u - gamma.
Tensor Populations(Tensor alpha, Tensor beta, Tensor gamma, Tensor delta, Tensor prey0, Tensor predators0) => Ode.Solve(
    (t, y) => Tensor.Stack([alpha - (beta * y[1].Exp()), (delta * y[0].Exp()) - gamma]), Tensor.Stack([prey0, predators0]).Log(), 0, times).Values;

Tensor exact = Populations(truth["alpha"], truth["beta"], truth["gamma"], truth["delta"], truth["prey0"], truth["predators0"]);
Tensor noise = RandomKey.FromSeed(13).Child("counts").Normal([Years + 1, 2], DType.Float64);
Tensor seen = (exact + (truth["error"] * noise)).Exp();

void Model()
{
    Tensor alpha = Sample("alpha", new LogNormal(Math.Log(0.7), 0.5)), beta = Sample("beta", new LogNormal(Math.Log(0.03), 0.5));
    Tensor gamma = Sample("gamma", new LogNormal(Math.Log(0.7), 0.5)), delta = Sample("delta", new LogNormal(Math.Log(0.03), 0.5));
    Tensor prey = Sample("prey0", new LogNormal(Math.Log(20), 1)), predators = Sample("predators0", new LogNormal(Math.Log(10), 1));
    Tensor error = Sample("error", new LogNormal(Math.Log(0.2), 0.5));
    Tensor log = Populations(alpha, beta, gamma, delta, prey, predators);
    using (Plate("years", Years + 1))
    {
        Deterministic("prey", log.Select(1, 0).Exp());
        Deterministic("predators", log.Select(1, 1).Exp());
        Sample("preyCount", new LogNormal(log.Select(1, 0), error), observed: seen.Select(1, 0));
        Sample("predatorCount", new LogNormal(log.Select(1, 1), error), observed: seen.Select(1, 1));
    }
}

// Starts near the middle of the prior: from far away the first trajectories would be long.
Dictionary<string, Tensor> first =
    new() { ["alpha"] = 0.7, ["beta"] = 0.03, ["gamma"] = 0.7, ["delta"] = 0.03, ["prey0"] = 20, ["predators0"] = 10, ["error"] = 0.3 };
McmcResult posterior = Mcmc.Run(Model, draws: draws, warmup: isShort ? 300 : 1_000, seed: 1, start: InitialValues.Near(first));
Summary summary = posterior.Draws.Select(truth.Keys).Summary();
Console.WriteLine(summary);

Directory.CreateDirectory("runs/13-lotka-volterra");
Chart chart = new("Prey and predators: counts, medians and middle 90 %", "year", "count", width: 720, height: 400)
{
    LegendPlacement = LegendPlacement.Right,
};
foreach ((string name, int column, string color) in new[] { ("prey", 0, "#3f90da"), ("predators", 1, "#e42536") })
{
    double[][] sorted = [.. years.Select((_, year) => posterior.Draws.Scalar($"{name}[{year}]").Order().ToArray())];
    double[] Quantile(double probability) => Array.ConvertAll(sorted, values => values[(int)(probability * (values.Length - 1))]);
    ScottPlot.Color hue = ScottPlot.Color.FromHex(color);
    chart.AddBand(name, years, Quantile(0.05), Quantile(0.95), Quantile(0.5), hue);
    chart.AddDots("", years, seen.Select(1, column).ToArray<double>(), hue);
}
chart.FromZero();
chart.SavePng("runs/13-lotka-volterra/populations.png");
Console.WriteLine("Picture: runs/13-lotka-volterra/populations.png");

// The check: every parameter within 4 posterior standard deviations of the truth, rates known to 20 %, chains that agree.
double farthest = truth.Max(parameter => Math.Abs(summary[parameter.Key].Mean - parameter.Value) / summary[parameter.Key].StandardDeviation);
bool isSharp = new[] { "alpha", "beta", "gamma", "delta" }.All(name => summary[name].StandardDeviation < 0.2 * truth[name]);
Console.WriteLine($"Farthest parameter: {farthest:F1} standard deviations from the truth; {posterior.Divergences} divergences.");
bool passed = farthest < 4 && isSharp && summary.Rows.All(row => row.RHat < 1.05) && posterior.Divergences <= draws / 25;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;
