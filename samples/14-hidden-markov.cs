#!/usr/bin/env dotnet
// A hidden Markov model by NUTS: the states are discrete latents, written as they are. NUTS moves real numbers only, so they are summed out, and come
// back afterwards: how probable each state was at each step, and the most probable path.
// Run it: dotnet run samples/14-hidden-markov.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

const int States = 2;
bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int draws = isShort ? 150 : 1_000, steps = isShort ? 120 : 300;

// The truth: a quiet state around 1 that stays with 90 %, a busy one around 3 that stays with 80 %, noise 0.7.
double[] means = [1, 3], stay = [0.9, 0.8];
const double TrueNoise = 0.7;
RandomKey key = RandomKey.FromSeed(14);
double[] u = new double[steps], e = new double[steps], y = new double[steps];
key.Child("switch").FillUniform(u);
key.Child("noise").FillNormal(e);
int[] hidden = new int[steps];
for (int t = 0; t < steps; t++)
{
    int before = t == 0 ? 0 : hidden[t - 1];
    hidden[t] = u[t] < stay[before] ? before : 1 - before;
    y[t] = means[hidden[t]] + (TrueNoise * e[t]);
}
Tensor data = Tensor.From(y), start = Tensor.Full([States], 1.0 / States, DType.Float64);

void Model(int count)
{
    // Ordered levels, else the two states could change names and every chain might choose its own.
    Tensor low = Sample("low", new Normal(0, 5)), gap = Sample("gap", new HalfNormal(5)), noise = Sample("noise", new HalfNormal(2));
    Tensor transition;
    using (Plate("states", States))
    {
        transition = Sample("transition", new Dirichlet(Tensor.Ones(States)));          // [from, to]
    }
    Tensor levels = Tensor.Stack([low, low + gap]), state = levels;
    for (int t = 0; t < count; t++)
    {
        state = Sample($"state_{t}", new Categorical(t == 0 ? start : transition.Take(state)));
        Sample($"y_{t}", new Normal(levels.Take(state), noise), observed: data[t]);
    }
}

McmcResult posterior = Mcmc.Run(() => Model(steps), draws: draws, warmup: isShort ? 200 : 1_000, seed: 1);
Console.WriteLine($"{posterior.SummedOut!.Sites.Count} states summed out, {posterior.SummedOut.Operations:N0} multiply-adds");
Summary summary = posterior.Summary();
Console.WriteLine(summary);

// Which state it was, at the posterior means: the path that is most probable as a whole (Viterbi 1967).
Dictionary<string, Tensor> centre = posterior.Draws.Variables.ToDictionary(site => site.Name, site => posterior[site.Name].Mean([0, 1]));
IReadOnlyDictionary<string, Tensor> path = Discrete.Infer(() => Model(steps), at: centre).MostProbable;
int[] decoded = [.. Enumerable.Range(0, steps).Select(t => (int)path[$"state_{t}"].Item())];
double right = decoded.Zip(hidden, (state, true_) => state == true_ ? 1.0 : 0).Average();
double[] levelsFound = [summary["low"].Mean, summary["low"].Mean + summary["gap"].Mean];

// The picture: what was seen, and the level of the state that it is put down to.
int shown = Math.Min(120, steps);
Directory.CreateDirectory("runs/14-hidden-markov");
Chart chart = new("Which state was it?", "time", "y", width: 720, height: 360) { LegendPlacement = LegendPlacement.Right };
double[] time = [.. Enumerable.Range(0, shown).Select(step => (double)step)];
chart.AddLine("observed", time, y[..shown], ScottPlot.Color.Gray(150), width: 1, markers: true);
chart.AddLine("level of the state found", time, [.. decoded[..shown].Select(state => levelsFound[state])], Theme.LineColors[1]);
chart.SavePng("runs/14-hidden-markov/states.png");
Console.WriteLine("Picture: runs/14-hidden-markov/states.png");

// The check: the sum over ten states equals the sum over all 2^10 paths, the parameters are near the truth, the states are found.
Dictionary<string, Tensor> truth = new()
{
    ["low"] = means[0],
    ["gap"] = means[1] - means[0],
    ["noise"] = TrueNoise,
    ["transition"] = Tensor.From(new[,] { { stay[0], 1 - stay[0] }, { 1 - stay[1], stay[1] } }),
};
using Precision.Scope precision = Precision.Use(DType.Float64);
double priors = Trace.Of(() => Model(0), new ConditionHandler(truth)).LogProb().Item();
double difference = Math.Abs(Discrete.Infer(() => Model(10), truth).LogEvidence - priors - AllPathsOverTen());
double[] found = [levelsFound[0], levelsFound[1], summary["transition[0,0]"].Mean, summary["transition[1,1]"].Mean, summary["noise"].Mean];
double[] expected = [means[0], means[1], stay[0], stay[1], TrueNoise], allowed = [0.3, 0.5, 0.1, 0.15, 0.15];
bool isNear = found.Zip(expected, (a, b) => Math.Abs(a - b)).Zip(allowed, (distance, most) => distance < most).All(near => near);
Console.WriteLine(
    $"levels {found[0]:F2} and {found[1]:F2} (truth 1 and 3), staying {found[2]:F2} and {found[3]:F2} (0.9 and 0.8), "
        + $"noise {found[4]:F2} (0.7); {right:P0} of the states found");
Console.WriteLine($"summed out against all paths: {difference:E1}; {posterior.Divergences} divergences");
bool passed = isNear && right > 0.9 && difference < 1e-10 && summary.Rows.All(row => !(row.RHat >= 1.05)) && posterior.Divergences <= draws / 25;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;

double AllPathsOverTen()
{
    double sum = 0;
    for (int path = 0; path < 1 << 10; path++)
    {
        double probability = 1.0 / States;
        for (int t = 0; t < 10; t++)
        {
            int state = (path >> t) & 1, before = t == 0 ? state : (path >> (t - 1)) & 1;
            double z = (y[t] - means[state]) / TrueNoise;
            probability *= Math.Exp(-0.5 * z * z) / (TrueNoise * Math.Sqrt(2 * Math.PI))
                * (t == 0 ? 1 : state == before ? stay[before] : 1 - stay[before]);
        }
        sum += probability;
    }
    return Math.Log(sum);
}
