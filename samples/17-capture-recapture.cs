#!/usr/bin/env dotnet
// Animals that are caught, marked and seen again, or not: the chance to survive a season, and to be caught, by NUTS. Whether an animal is
// alive in each season is a discrete latent, written as it is and summed out. (The model of Cormack, Jolly and Seber.)
// Run it: dotnet run samples/17-capture-recapture.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:property PublishAot=false
using Pyrite;
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

// How many are still alive in the end, given one draw of the chances.
double[] last = posterior.Discrete.At(0, draws - 1)[$"alive_{Seasons - 1}"].Marginals[.., 1].ToArray<double>();
Console.WriteLine($"about {last.Sum():F0} of {animals} animals are alive in the last season");

// The check: the true chances lie within four posterior deviations.
bool isRight = new[] { ("survival", Survival), ("capture", Capture) }.All(entry =>
{
    double[] values = posterior[entry.Item1].ToArray<double>();
    double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    return Math.Abs(mean - entry.Item2) < 4 * deviation;
});
Console.WriteLine(isRight ? "Check passed: the chances are found." : "Check FAILED: the chances are not found.");
return isRight ? 0 : 1;
