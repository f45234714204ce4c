#!/usr/bin/env dotnet
// Animals that are caught, marked and seen again, or not: the chance to survive a season, and to be caught, by NUTS. Whether an animal is
// alive in each season is a discrete latent, written as it is and summed out. (The model of Cormack, Jolly and Seber.)
// Run it: dotnet run samples/17-capture-recapture.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

const int Seasons = 6;
const double Survival = 0.8, Capture = 0.6;
bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int animals = isShort ? 100 : 300, draws = isShort ? 200 : 1_000;

// The truth: every animal is marked in season 0, lives on with a chance of 0.8 a season, and is caught with 0.6 while it lives.
RandomKey key = RandomKey.FromSeed(17);
double[] luck = new double[animals * Seasons * 2], seen = new double[animals * Seasons];
key.FillUniform(luck);
for (int animal = 0; animal < animals; animal++)
{
    bool isAlive = true;
    for (int t = 1; t < Seasons; t++)
    {
        int at = (animal * Seasons) + t;
        isAlive &= luck[2 * at] < Survival;
        seen[at] = isAlive && luck[(2 * at) + 1] < Capture ? 1 : 0;
    }
}
Tensor y = Tensor.From(seen).Reshape(animals, Seasons);

void Model()
{
    Tensor survival = Sample("survival", new Beta(1, 1)), capture = Sample("capture", new Beta(1, 1));
    using (Plate("animals", animals))
    {
        Tensor alive = Tensor.Full([animals], 1, DType.Float64);
        for (int t = 1; t < Seasons; t++)
        {
            alive = Sample($"alive_{t}", new Bernoulli(survival * alive));      // who is dead stays dead
            Sample($"seen_{t}", new Bernoulli(capture * alive), observed: y[.., t]);
        }
    }
}

Console.Write(Inspect.Enumeration(Model));
McmcResult posterior = Mcmc.Run(Model, new Nuts(), chains: 2, warmup: draws, draws: draws, seed: 1);
Console.WriteLine(posterior.Summary());

// Who is still alive in the end: exact chances given each draw of survival and capture, averaged over some draws.
Draws some = posterior.Draws.Thin(draws / 20);
double[] chances = Discrete.Infer(Model, some)[$"alive_{Seasons - 1}"].Marginals[.., 1].ToArray<double>();
Console.WriteLine($"about {chances.Sum():F0} of {animals} animals are alive in the last season");

// The picture: that chance, by the season in which an animal was seen last.
int[] last =
    [.. Enumerable.Range(0, animals).Select(animal => Enumerable.Range(1, Seasons - 1).LastOrDefault(t => seen[(animal * Seasons) + t] > 0))];
double[] byLast = [.. Enumerable.Range(0, Seasons).Select(t => chances.Where((_, animal) => last[animal] == t).DefaultIfEmpty(0).Average())];
Directory.CreateDirectory("runs/17-capture-recapture");
Chart chart = new("Alive in the end?", "season last seen", "chance to be alive in season 5", width: 560, height: 340);
chart.AddLine("", [.. Enumerable.Range(0, Seasons).Select(t => (double)t)], byLast, markers: true);
chart.SavePng("runs/17-capture-recapture/alive.png");
Console.WriteLine("Picture: runs/17-capture-recapture/alive.png");

// The check: the true chances lie within four posterior deviations, and who was seen in the end is alive.
bool isRight = new[] { ("survival", Survival), ("capture", Capture) }.All(entry =>
{
    double[] values = posterior[entry.Item1].ToArray<double>();
    double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    return Math.Abs(mean - entry.Item2) < 4 * deviation;
}) && byLast[^1] > 1 - 1e-9 && byLast[0] < byLast[^2];
Console.WriteLine(isRight ? "Check passed: the chances are found." : "Check FAILED: the chances are not found.");
return isRight ? 0 : 1;
