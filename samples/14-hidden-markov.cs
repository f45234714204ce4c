#!/usr/bin/env dotnet
// A hidden Markov model by NUTS: the states are summed out by hand with the forward algorithm, because NUTS moves real numbers only.
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
Tensor data = Tensor.From(y).Reshape(-1, 1), start = Tensor.Full([States], -Math.Log(States), DType.Float64);

void Model()
{
    // Ordered levels, else the two states could change names and every chain might choose its own.
    Tensor low = Sample("low", new Normal(0, 5)), gap = Sample("gap", new HalfNormal(5)), noise = Sample("noise", new HalfNormal(2));
    Tensor transition;
    using (Plate("states", States))
    {
        transition = Sample("transition", new Dirichlet(Tensor.Ones(States)));          // [from, to]
    }
    Tensor levels = Tensor.Stack([low, low + gap]);
    Factor("observations", LogLikelihood(new Normal(levels, noise).LogProb(data), transition.Log(), start));
}

McmcResult posterior = Mcmc.Run(Model, draws: draws, warmup: isShort ? 200 : 1_000, seed: 1);
Summary summary = posterior.Summary();
Console.WriteLine(summary);

// Which state it was, at the posterior means: forward and backward messages in plain numbers (Rabiner 1989, section III).
double[] levelsFound = [summary["low"].Mean, summary["low"].Mean + summary["gap"].Mean];
double[,] probabilities = new double[States, States];
for (int i = 0; i < States * States; i++)
{
    probabilities[i / States, i % States] = summary[$"transition[{i / States},{i % States}]"].Mean;
}
int[] decoded = Decode(levelsFound, summary["noise"].Mean, probabilities);
double right = decoded.Zip(hidden, (found, true_) => found == true_ ? 1.0 : 0).Average();

// The picture: what was seen, and the level of the state that it is put down to.
int shown = Math.Min(120, steps);
Directory.CreateDirectory("runs/14-hidden-markov");
Chart chart = new("Which state was it?", "time", "y", width: 720, height: 360) { LegendPlacement = LegendPlacement.Right };
double[] time = [.. Enumerable.Range(0, shown).Select(step => (double)step)];
chart.AddLine("observed", time, y[..shown], ScottPlot.Color.Gray(150), width: 1, markers: true);
chart.AddLine("level of the state found", time, [.. decoded[..shown].Select(state => levelsFound[state])], Theme.LineColors[1]);
chart.SavePng("runs/14-hidden-markov/states.png");
Console.WriteLine("Picture: runs/14-hidden-markov/states.png");

// The check: the forward algorithm equals the sum over all 2^10 paths, the parameters are near the truth, the states are found.
double difference = Math.Abs(ForwardOverTen() - AllPathsOverTen());
double[] found = [levelsFound[0], levelsFound[1], probabilities[0, 0], probabilities[1, 1], summary["noise"].Mean];
double[] expected = [means[0], means[1], stay[0], stay[1], TrueNoise], allowed = [0.3, 0.5, 0.1, 0.15, 0.15];
bool isNear = found.Zip(expected, (a, b) => Math.Abs(a - b)).Zip(allowed, (distance, most) => distance < most).All(near => near);
Console.WriteLine(
    $"levels {found[0]:F2} and {found[1]:F2} (truth 1 and 3), staying {found[2]:F2} and {found[3]:F2} (0.9 and 0.8), "
        + $"noise {found[4]:F2} (0.7); {right:P0} of the states found");
Console.WriteLine($"forward algorithm against all paths: {difference:E1}; {posterior.Divergences} divergences");
bool passed = isNear && right > 0.9 && difference < 1e-10 && summary.Rows.All(row => !(row.RHat >= 1.05)) && posterior.Divergences <= draws / 25;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;

// emissions: [steps, states], log-densities of what was seen; transition: [from, to], logarithms; start: [states].
static Tensor LogLikelihood(Tensor emissions, Tensor transition, Tensor start)
{
    Tensor forward = start + emissions[0];
    for (int t = 1; t < emissions.Shape[0]; t++)
    {
        // log p(y_1 … y_t, state_t) from that of the step before: sums of probabilities are LogSumExp of logarithms.
        forward = (forward.Reshape(-1, 1) + transition).LogSumExp(0) + emissions[t];
    }
    return forward.LogSumExp(0);
}

int[] Decode(double[] levels, double noise, double[,] transition)
{
    double[][] forward = new double[steps][], backward = new double[steps][];
    double Density(int t, int state) => Math.Exp(-0.5 * Math.Pow((y[t] - levels[state]) / noise, 2));
    double[] Normalized(Func<int, double> weight)
    {
        double[] weights = [.. Enumerable.Range(0, States).Select(weight)];
        return Array.ConvertAll(weights, one => one / weights.Sum());
    }
    for (int t = 0; t < steps; t++)
    {
        forward[t] =
            Normalized(to => Density(t, to) * (t == 0 ? 1 : Enumerable.Range(0, States).Sum(from => forward[t - 1][from] * transition[from, to])));
    }
    for (int t = steps - 1; t >= 0; t--)
    {
        backward[t] =
            Normalized(
                from => t == steps - 1 ? 1 : Enumerable.Range(0, States).Sum(to => transition[from, to] * Density(t + 1, to) * backward[t + 1][to]));
    }
    return [.. Enumerable.Range(0, steps).Select(t => forward[t][1] * backward[t][1] > forward[t][0] * backward[t][0] ? 1 : 0)];
}

double ForwardOverTen()
{
    Tensor emissions = new Normal(Tensor.From(means), TrueNoise).LogProb(data[..10]);
    Tensor transition = Tensor.From(new double[,] { { stay[0], 1 - stay[0] }, { 1 - stay[1], stay[1] } });
    return LogLikelihood(emissions, transition.Log(), start).Item();
}

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
