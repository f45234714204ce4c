using System.Diagnostics;
using Pyrite;
using static Pyrite.Primitives;

// Does coaching help? Eight schools, partially pooled (Rubin 1981); the reference means are those of posteriordb.
Tensor y = Tensor.From([28.0, 8, -3, 7, -1, 1, 18, 12]);
Tensor sigma = Tensor.From([15.0, 10, 16, 11, 9, 11, 10, 18]);
McmcResult posterior = Mcmc.Run(Model, new Nuts(targetAcceptance: 0.95), chains: 4, warmup: 1_000, draws: 1_000, seed: 1);
Console.WriteLine(posterior.Summary());
Console.WriteLine($"peak memory: {Process.GetCurrentProcess().PeakWorkingSet64 / 1000} KB");

double mean = posterior["mu"].ToArray<double>().Average();
bool passed = Math.Abs(mean - 4.4) < 0.5;
Console.WriteLine(passed ? "check passed" : $"check FAILED: the mean of mu is {mean}");
return passed ? 0 : 1;

void Model()
{
    Tensor mu = Sample("mu", new Normal(0, 5));
    Tensor tau = Sample("tau", new HalfCauchy(5));
    using PlateScope schools = Plate("schools", 8);
    Tensor theta = Deterministic("theta", mu + tau * Sample("z", new Normal(0, 1)));
    Sample("y", new Normal(theta, sigma), observed: y);
}
