#!/usr/bin/env dotnet
// A drug with several doses and a receptor that it binds to: a stiff equation with events, and how fast the body absorbs, uses and loses the drug.
// Run it: dotnet run samples/22-pharmacokinetics.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite.DifferentialEquations
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int draws = isShort ? 200 : 1_000;

// The truth, in hours and milligrams per litre: absorption, elimination, and binding to a receptor, which is a thousand times faster than both.
var truth = new Dictionary<string, double> { ["absorption"] = 1.1, ["elimination"] = 0.25, ["receptors"] = 3.0, ["error"] = 0.1 };
const double Binding = 400, Release = 200, Dose = 10;
Tensor doseTimes = Tensor.From([0.0, 12.0, 24.0]);
double[] seenAt = [0.5, 1, 2, 4, 6, 9, 12, 12.5, 13, 14, 17, 20, 24, 25, 26, 30, 36];
double[] fine = [.. Enumerable.Range(0, 145).Select(i => i * 0.25)];

// The state: drug in the gut, free drug, drug at the receptor. Doses go into the gut.
Tensor Free(Tensor absorption, Tensor elimination, Tensor receptors, double[] times)
{
    Tensor Slope(Tensor t, Tensor y)
    {
        Tensor bound = (Binding * y[1] * (receptors - y[2])) - (Release * y[2]);
        return Tensor.Stack([-absorption * y[0], (absorption * y[0]) - (elimination * y[1]) - bound, bound]);
    }
    OdeEvent doses = OdeEvent.Add(doseTimes, Tensor.From([Dose, 0, 0]));
    // Nothing jumps but at the doses, whose times are given: the gradient of the steps will do, and is the fastest.
    OdeSolution solution = Ode.Solve(Slope, Tensor.Zeros([3], DType.Float64), 0, Tensor.From(times), new Rodas5(), [doses],
        OdeGradient.Discrete);
    return solution.Values.Select(1, 1);
}

Tensor noise = RandomKey.FromSeed(22).Child("assay").Normal([seenAt.Length], DType.Float64);
Tensor seen = Free(truth["absorption"], truth["elimination"], truth["receptors"], seenAt) * (truth["error"] * noise).Exp();

void Model()
{
    Tensor absorption = Sample("absorption", new LogNormal(0, 0.5)), elimination = Sample("elimination", new LogNormal(Math.Log(0.2), 0.5));
    Tensor receptors = Sample("receptors", new LogNormal(Math.Log(2), 0.5)), error = Sample("error", new LogNormal(Math.Log(0.15), 0.5));
    Tensor level = Free(absorption, elimination, receptors, seenAt);
    using (Plate("samples", seenAt.Length))
    {
        Sample("level", new LogNormal(level.Log(), error), observed: seen);
    }
}

Dictionary<string, Tensor> first = new() { ["absorption"] = 1.0, ["elimination"] = 0.2, ["receptors"] = 2.0, ["error"] = 0.2 };
McmcResult posterior = Mcmc.Run(Model, draws: draws, warmup: isShort ? 200 : 500, chains: 2, seed: 1, start: InitialValues.Near(first));
Summary summary = posterior.Draws.Summary();
Console.WriteLine(summary);

// The curves of a hundred draws, between the samples too.
double[][] curves = [.. Enumerable.Range(0, 100).Select(i =>
{
    double At(string name) => posterior.Draws.Scalar(name).ToArray()[i * posterior.Draws.Scalar(name).Count() / 100];
    return Free(At("absorption"), At("elimination"), At("receptors"), fine).ToArray<double>();
})];
double[] Quantile(double probability) =>
    [.. fine.Select((_, time) => curves.Select(curve => curve[time]).Order().ElementAt((int)(probability * (curves.Length - 1))))];
Directory.CreateDirectory("runs/22-pharmacokinetics");
Chart chart = new("Free drug after three doses: samples, median and middle 90 %", "hours", "mg/l", width: 720, height: 400);
ScottPlot.Color hue = ScottPlot.Color.FromHex("#3f90da");
chart.AddBand("level", fine, Quantile(0.05), Quantile(0.95), Quantile(0.5), hue);
chart.AddDots("", seenAt, seen.ToArray<double>(), hue);
chart.FromZero();
chart.SavePng("runs/22-pharmacokinetics/levels.png");
Console.WriteLine("Picture: runs/22-pharmacokinetics/levels.png");

// The check: every parameter within 4 posterior standard deviations of the truth, rates known to 25 %, chains that agree.
double farthest = truth.Max(parameter => Math.Abs(summary[parameter.Key].Mean - parameter.Value) / summary[parameter.Key].StandardDeviation);
bool isSharp = new[] { "absorption", "elimination" }.All(name => summary[name].StandardDeviation < 0.25 * truth[name]);
Console.WriteLine($"Farthest parameter: {farthest:F1} standard deviations from the truth; {posterior.Divergences} divergences.");
bool passed = farthest < 4 && isSharp && summary.Rows.All(row => row.RHat < 1.05) && posterior.Divergences <= draws / 25;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;
