using Pyrite;
using static Pyrite.Primitives;

// A level that moves, seen with noise: its scales by NUTS, the next value by the filter. Then the same numbers as a Gaussian process.
Tensor truth = 0.5 * RandomKey.FromSeed(11).Normal([80], DType.Float64).CumulativeSum(0);
Tensor y = truth + 0.8 * RandomKey.FromSeed(12).Normal([80], DType.Float64);
McmcResult posterior = Mcmc.Run(Model, chains: 2, draws: 500, seed: 1);
double noise = posterior["noise"].Mean().Item();

StateSpaceComponents parts = new LocalLevel(0.5) + new ObservationNoise(0.8);
Forecast next = parts.ToStateSpace(80).Forecast(y.Unsqueeze(-1), horizon: 1);
Backtest test = Backtest.Run(y, first: 40, horizon: 1, (past, ahead) => parts.ToStateSpace(past.Count).Forecast(past.Unsqueeze(-1), ahead));
Console.Write(test);

// A random walk from 0 has the covariance 0.25 min(s, t): the same prediction of the next place, but for what is known of the start.
Tensor time = Tensor.Range(80).To(DType.Float64) + 1;
Kernel walk = 0.25 * Kernel.Of((s, t) => Tensor.Where(s.Select(-1, 0) < t.Select(-1, 0), s.Select(-1, 0), t.Select(-1, 0)), "walk");
GaussianProcess ahead = new GaussianProcess(walk, time, 0.64).Condition(y, Tensor.From([81.0]));
double difference = Math.Abs(ahead.Mean.Item() - next.Mean.Item());

bool passed = Math.Abs(noise - 0.8) < 0.25 && difference < 1e-6 && test.Coverage > 0.7;
Console.WriteLine(passed ? "check passed" : $"check FAILED: noise {noise}, difference {difference}, coverage {test.Coverage}");
return passed ? 0 : 1;

void Model()
{
    Tensor level = Sample("level", new HalfNormal(1)), spread = Sample("noise", new HalfNormal(1));
    Sample("y", (new LocalLevel(level) + new ObservationNoise(spread)).ToStateSpace(80), observed: y.Unsqueeze(-1));
}
