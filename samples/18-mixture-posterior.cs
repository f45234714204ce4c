#!/usr/bin/env dotnet
// Three groups in one column of numbers, by NUTS: which group a row belongs to is a discrete latent, written as it is and summed out. Afterwards it
// is back: each row's chances, the most probable groups, and data that the fit would make.
// Run it: dotnet run samples/18-mixture-posterior.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

const int Groups = 3;
bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int rows = isShort ? 150 : 400, draws = isShort ? 150 : 1_000;

// The truth: half of the rows around 0, 30 % around 3, the others around 6, each group with a spread of its own.
double[] shares = [0.5, 0.3, 0.2], centres = [0, 3, 6], spreads = [0.8, 0.5, 1];
RandomKey key = RandomKey.FromSeed(18);
double[] u = new double[rows], e = new double[rows], x = new double[rows];
key.Child("group").FillUniform(u);
key.Child("noise").FillNormal(e);
int[] truth = [.. u.Select(number => number < shares[0] ? 0 : number < shares[0] + shares[1] ? 1 : 2)];
for (int i = 0; i < rows; i++)
{
    x[i] = centres[truth[i]] + (spreads[truth[i]] * e[i]);
}
Tensor data = Tensor.From(x);

// The same model explains data and makes them: without data it is the prior.
void Model(Tensor? seen)
{
    // Ordered centres, else the groups could change names and every chain might choose its own.
    Tensor first = Sample("first", new Normal(0, 5)), gaps = Sample("gaps", new Gamma(2 * Tensor.Ones(2), 0.5).ToEvent(1));
    Tensor centre = Tensor.Concat([first.Reshape(1), first + gaps.CumulativeSum(0)], 0);
    Tensor spread = Sample("spread", new HalfNormal(2 * Tensor.Ones(Groups)).ToEvent(1)), share = Sample("share", new Dirichlet(Tensor.Ones(Groups)));
    using (Plate("rows", rows))
    {
        Tensor group = Sample("group", new Categorical(share));
        Sample("x", new Normal(centre.Take(group), spread.Take(group)), observed: seen);
    }
}

Console.Write(Inspect.Enumeration(() => Model(data)));
McmcResult posterior = Mcmc.Run(() => Model(data), draws: draws, warmup: isShort ? 250 : 1_000, seed: 1);
Summary summary = posterior.Summary();
Console.WriteLine(summary);

// Which group each row belongs to: chances averaged over draws of the parameters, and the groups that are most probable together given one draw.
Draws some = posterior.Draws.Thin(isShort ? 10 : 20);
double[] chances = Discrete.Infer(() => Model(data), some)["group"].Marginals.ToArray<double>();
int[] found = [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, Groups).MaxBy(k => chances[(i * Groups) + k]))];
double right = found.Zip(truth, (a, b) => a == b ? 1.0 : 0).Average();

// Data that the fit would make, row by row: drawn from the group of the row.
Draws replicated = Predictive.Draw(_ => Model(data), 0, some, seed: 2);
double[] again = [.. Enumerable.Range(0, rows).Select(i => replicated["x"][.., .., i].Mean().Item())];

// The picture: how sure each row's group is.
Directory.CreateDirectory("runs/18-mixture-posterior");
int[] order = [.. Enumerable.Range(0, rows).OrderBy(i => x[i])];
Chart chart = new("Which group?", "x", "chance", width: 720, height: 360) { LegendPlacement = LegendPlacement.Right };
for (int k = 0; k < Groups; k++)
{
    chart.AddLine($"group {k + 1}", [.. order.Select(i => x[i])], [.. order.Select(i => chances[(i * Groups) + k])]);
}
chart.SavePng("runs/18-mixture-posterior/groups.png");
Console.WriteLine("Picture: runs/18-mixture-posterior/groups.png");

// The check: the density is that of a mixture family, the parameters are near the truth, and nearly all rows are put where they belong.
using Precision.Scope precision = Precision.Use(DType.Float64);
Dictionary<string, Tensor> at = new()
{
    ["first"] = 0.1,
    ["gaps"] = Tensor.From([2.8, 3.1]),
    ["spread"] = Tensor.From(spreads),
    ["share"] = Tensor.From(shares),
};
double priors = Trace.Of(() => Model(data), new BlockHandler(site => site.Name is "group" or "x"), new ConditionHandler(at)).LogProb().Item();
Normal kinds = new(Tensor.From([0.1, 2.9, 6.0]), at["spread"]);
double family = new MixtureSameFamily(new Categorical(at["share"]), kinds).LogProb(data).Sum().Item();
double difference = Math.Abs(Discrete.Infer(() => Model(data), at).LogEvidence - priors - family);
double[] means = [.. Enumerable.Range(0, Groups).Select(k => summary[$"share[{k}]"].Mean)];
double centreError = Math.Max(Math.Abs(summary["first"].Mean), Math.Abs(summary["first"].Mean + summary["gaps[0]"].Mean - 3));
Console.WriteLine($"shares {means[0]:F2}, {means[1]:F2}, {means[2]:F2} (drawn with 0.50, 0.30, 0.20); {right:P1} of the rows in their group");
Console.WriteLine($"against MixtureSameFamily: {difference:E1}; {posterior.Divergences} divergences");
double apart = x.Zip(again, (a, b) => Math.Abs(a - b)).Average();
Console.WriteLine($"replicated rows lie {apart:F2} from the data on average");
bool passed = difference < 1e-8 && centreError < 0.4 && means.Zip(shares, (a, b) => Math.Abs(a - b)).Max() < 0.12 && right > 0.93 && apart < 1
    && summary.Rows.All(row => !(row.RHat >= 1.05)) && posterior.Divergences <= draws / 25;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;
