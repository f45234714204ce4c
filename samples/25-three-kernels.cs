#!/usr/bin/env dotnet
// A series as the sum of a trend, a season that changes slowly, and short-lived ups and downs: three kernels added, and each part shown by itself.
// Run it: dotnet run samples/25-three-kernels.cs        (PYRITE_SHORT=1 makes it a quick check)
#:project ../src/Pyrite
#:project ../src/Pyrite.GaussianProcesses
#:project ../src/Pyrite.Plotting
#:property PublishAot=false
using Pyrite;
using Pyrite.Plotting;
using static Pyrite.Primitives;

bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int draws = isShort ? 100 : 500, months = isShort ? 60 : 96;

// The truth, in years: a slow bend, a season whose height grows, a bump in the third year, and noise of 0.15.
static double Trend(double year) => 1.5 * Math.Sin(0.6 * year);
static double Season(double year) => (0.8 + (0.05 * year)) * Math.Sin(2 * Math.PI * year);
static double Bump(double year) => 0.9 * Math.Exp(-0.5 * Math.Pow((year - 2.5) / 0.25, 2));
double[] years = [.. Enumerable.Range(0, months).Select(month => month / 12.0)], noise = new double[months];
RandomKey.FromSeed(25).FillNormal(noise);
double[] y = [.. years.Select((year, i) => Trend(year) + Season(year) + Bump(year) + (0.15 * noise[i]))];
Tensor x = Tensor.From(years), observed = Tensor.From(y);

// Each part has its own scale of time, and that is what tells them apart.
static (Kernel Trend, Kernel Season, Kernel Bumps) Parts(Func<string, Distribution, Tensor> of)
{
    Kernel trend = of("trend height", new HalfNormal(2)).Square() * new Rbf(of("trend length", new InverseGamma(10, 25)));
    Kernel season = of("season height", new HalfNormal(1)).Square() * new Periodic(1.5, period: 1) * new Rbf(10);
    Kernel bumps = of("bump height", new HalfNormal(0.5)).Square() * new Matern52(of("bump length", new InverseGamma(10, 3)));
    return (trend, season, bumps);
}

void Model()
{
    (Kernel trend, Kernel season, Kernel bumps) = Parts((name, prior) => Sample(name, prior));
    Sample("y", new GaussianProcess(trend + season + bumps, x, Sample("noise", new HalfNormal(0.5)).Square()), observed: observed);
}

McmcResult posterior = Mcmc.Run(Model, chains: 2, draws: draws, warmup: isShort ? 150 : 500, seed: 1);
Summary summary = posterior.Summary();
Console.WriteLine(summary);

// The parts at the posterior means of the parameters: given the whole, each is a process of its own.
(Kernel trendKernel, Kernel seasonKernel, Kernel bumpKernel) = Parts((name, _) => summary[name].Mean);
GaussianProcess whole = new(trendKernel + seasonKernel + bumpKernel, x, Math.Pow(summary["noise"].Mean, 2));
(string Name, GaussianProcess Part, Func<double, double> Truth)[] parts =
[
    ("trend", whole.Component(trendKernel, observed, x), Trend),
    ("season", whole.Component(seasonKernel, observed, x), Season),
    ("ups and downs", whole.Component(bumpKernel, observed, x), Bump),
];

Figure figure = new(rows: 3, columns: 1, "Three kernels added", width: 760, height: 840);
List<double> correlations = [];
foreach ((string name, GaussianProcess part, Func<double, double> truth) in parts)
{
    double[] mean = part.Mean.ToArray<double>(), deviation = part.StandardDeviation.ToArray<double>();
    double[] exact = Array.ConvertAll(years, year => truth(year));
    Chart chart = new(name, "year", "");
    chart.AddBand("2 standard "
        + "deviations", years, [.. mean.Zip(deviation, (m, d) => m - (2 * d))], [.. mean.Zip(deviation, (m, d) => m + (2 * d))], mean);
    chart.AddLine("truth", years, exact, pattern: ScottPlot.LinePattern.Dashed);
    if (correlations.Count > 0)
    {
        chart.HideLegend();
    }
    figure.Add(chart);
    correlations.Add(Correlation(mean, exact));
    Console.WriteLine($"{name}: correlation with the truth {correlations[^1]:F2}");
}
Directory.CreateDirectory("runs/25-three-kernels");
figure.SavePng("runs/25-three-kernels/parts.png");
Console.WriteLine("Picture: runs/25-three-kernels/parts.png");

// The check: the noise is found, trend and season are the true ones up to a constant, and the bump is where it was.
double noiseFound = summary["noise"].Mean;
double[] ups = parts[2].Part.Mean.ToArray<double>();
double highest = years[Array.IndexOf(ups, ups.Max())];
Console.WriteLine($"noise {noiseFound:F2} (truth 0.15), the largest bump at {highest:F1} years (truth 2.5)");
bool passed = Math.Abs(noiseFound - 0.15) < 0.06 && correlations[0] > 0.9 && correlations[1] > 0.95 && correlations[2] > 0.5
    && Math.Abs(highest - 2.5) < 0.3 && summary.Rows.All(row => row.RHat < 1.1);
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;

static double Correlation(double[] a, double[] b)
{
    double meanA = a.Average(), meanB = b.Average();
    double Sum(double[] u, double meanU, double[] v, double meanV) => u.Zip(v, (s, t) => (s - meanU) * (t - meanV)).Sum();
    return Sum(a, meanA, b, meanB) / Math.Sqrt(Sum(a, meanA, a, meanA) * Sum(b, meanB, b, meanB));
}
