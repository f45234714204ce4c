#!/usr/bin/env dotnet
// A source whose distance is measured, but hardly its side: two answers fit. NUTS stays in the one where it began; sequential Monte Carlo weighs
// both, and gives the evidence with its error.
// Run it: dotnet run samples/23-two-modes.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";

// A source stands somewhere between -10 and 10. Detectors at 0 measure its distance: the side is unknown, but one weak detector leans to the right.
double[] distances = [5.9, 6.2, 6.1, 5.8];
const double Leaning = 0.6, LeaningError = 1.5;
Tensor measured = Tensor.From(distances);

void Model()
{
    Tensor place = Sample("place", new Normal(0, 5));
    using (Plate("detectors", distances.Length))
    {
        Sample("distance", new Normal(place.Abs(), 0.3), observed: measured);
    }
    Sample("side", new Normal(place.Sign(), LeaningError), observed: Leaning);
}

SmcResult found = Smc.Run(Model, new Smc { Particles = isShort ? 500 : 2_000 }, seed: 1);
string temperatures = string.Join(", ", found.Stages[0].Select(stage => $"{stage.Temperature:G2}"));
Console.WriteLine($"log evidence {found.LogEvidence:F2} ± {found.LogEvidenceStandardError:F2}, temperatures {temperatures}");

// The truth in closed form: both sides have the same density but for the leaning detector.
static double Weight(double side) => Math.Exp(-0.5 * Math.Pow((Leaning - side) / LeaningError, 2));
double exact = Weight(1) / (Weight(1) + Weight(-1));
double right = found["place"].ToArray<double>().Average(x => x > 0 ? 1.0 : 0);
Console.WriteLine($"on the right: {right:P0} of the particles, {exact:P0} exactly");

// The same model by NUTS: every chain believes in one side alone.
McmcResult chains = Mcmc.Run(Model, warmup: 300, draws: 300, seed: 1);
double[] sides = [.. Enumerable.Range(0, 4).Select(chain => chains["place"][chain].ToArray<double>().Average(x => x > 0 ? 1.0 : 0))];
Console.WriteLine($"on the right by chains of NUTS: {string.Join(", ", sides.Select(side => $"{side:P0}"))}");
foreach (string line in chains.Summary().Advice)
{
    Console.WriteLine(line);
}

Directory.CreateDirectory("runs/23-two-modes");
found.Draws.WithoutChains().Plots.Histograms("place").SavePng("runs/23-two-modes/place.png");
Console.WriteLine("Picture: runs/23-two-modes/place.png");

bool passed = Math.Abs(right - exact) < 0.08 && found.LogEvidenceStandardError < 0.2 && sides.All(side => side is 0 or 1);
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;
