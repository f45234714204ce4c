#!/usr/bin/env dotnet
// A mixture of two groups: discrete assignments learnt by the score function, with a baseline that keeps its gradients calm.
// Run it: dotnet run samples/05-mixture.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
const int Rows = 200;
const double Spread = 0.6;

// Data: a third around -1, the others around 2.
bool[] truth = [.. Enumerable.Range(0, Rows).Select(i => i % 3 != 0)];
Tensor noise = Spread * RandomKey.FromSeed(3).Normal([Rows]);
Tensor x = Tensor.From([.. truth.Select(isSecond => isSecond ? 2f : -1f)]) + noise;

static void Model(Tensor x)
{
    Tensor means = Param("means", Tensor.From([-0.5f, 0.5f]));
    Tensor shares = Param("shares", Tensor.From([0.5f, 0.5f]), Constraints.Simplex);
    using (Plate("rows", Rows))
    {
        Tensor group = Sample("group", new Categorical(shares));
        Sample("x", new Normal(means.Take(group.To(DType.Int64)), Spread), observed: x);
    }
}

static void Guide(Tensor x)
{
    // A logistic curve in x for the chance of the second group; its score is weighted by the costs of its own row only.
    Tensor logit = Param("at_zero", 0.0) + (Param("slope", 0.1) * x);
    using (Plate("rows", Rows))
    {
        Tensor logits = Tensor.Stack([Tensor.Zeros(Rows), logit], axis: 1);
        Sample("group", new Categorical(logits: logits), options: SiteOptions.None.With(new Baseline { Decay = 0.9 }));
    }
}

int steps = isShort ? 1_500 : 4_000;
var svi = new Svi<Tensor>(Model, Guide, new Adam(0.03) { Schedule = new CosineSchedule(steps) }, new TraceGraphElbo(), seed: 1);
Console.WriteLine(svi.Run(x, steps));
double[] means = svi.Parameters["means"].ToArray<double>(), shares = svi.Parameters["shares"].ToArray<double>();
Console.WriteLine($"means {means[0]:F2} and {means[1]:F2} (drawn around -1 and 2), shares {shares[0]:F2} and {shares[1]:F2} (0.33 and 0.67)");

// The check: means and shares are found, and the guide assigns nearly every row to its group.
double zero = svi.Parameters["at_zero"].Item(), slope = svi.Parameters["slope"].Item();
double right = x.ToArray<double>().Zip(truth, (value, isSecond) => (zero + (slope * value) > 0) == isSecond ? 1.0 : 0).Average();
Console.WriteLine($"{right:P1} of the rows are assigned to their group");

// The picture: the data by the group that the guide gives them.
double[] rows = x.ToArray<double>();
Directory.CreateDirectory("runs/05-mixture");
Chart chart = new("Two groups found in one column of numbers", "x", "count", width: 640, height: 360);
void AddGroup(string name, Func<double, bool> isInside) =>
    chart.AddHistogram(name, [.. rows.Where(isInside)], bins: 30, low: rows.Min(), high: rows.Max(), isOutline: true);
AddGroup("first group", value => zero + (slope * value) <= 0);
AddGroup("second group", value => zero + (slope * value) > 0);
chart.SavePng("runs/05-mixture/groups.png");
Console.WriteLine("Picture: runs/05-mixture/groups.png");

bool passed = Math.Abs(means[0] + 1) < 0.2 && Math.Abs(means[1] - 2) < 0.2 && Math.Abs(shares[0] - 0.335) < 0.07 && right > 0.97;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;
