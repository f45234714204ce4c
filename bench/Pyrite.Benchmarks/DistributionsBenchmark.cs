using System.Numerics.Tensors;
using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>Draws of common families, and densities with gradients, on one thread in Float32.</summary>
internal sealed class DistributionsBenchmark : Benchmark
{
    private const int Count = 1_000_000;
    private const int Categories = 10;
    private const int Rows = 10_000;
    private const int Dimensions = 64;

    public override string Name => "distributions";

    public override string Description => "one thread: millions of draws per second, Normal and MultivariateNormal(64) log-densities  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using Precision.Scope precision = Precision.Use(DType.Float32);
        using WorkerPool.ThreadLimit oneThread = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(20);
        PeakRate.AddTo(report, timing);
        AddDraws(report, timing);
        AddNormal(report, timing);
        AddMultivariateNormal(report, timing);
        return report;
    }

    private static void AddDraws(BenchmarkReport report, Timing timing)
    {
        double[] weights = [.. Enumerable.Range(1, Categories).Select(k => (double)k)];
        Tensor rates = Tensor.LinearSpace(20, 80, Count, DType.Float32);
        Add("normal_mps", new Normal(0.5, 2), "million draws/s, Normal(0.5, 2)");
        Add("normal_float64_mps", new Normal(Tensor.Full(Shape.Scalar, 0.5, DType.Float64), 2), "million draws/s, Float64");
        Add("gamma_mps", new Gamma(2.5, 1.5), "million draws/s, Gamma(2.5, 1.5)");
        Add("gamma_below_one_mps", new Gamma(0.3, 1.5), "million draws/s, Gamma(0.3, 1.5)");
        Add("beta_mps", new Beta(2, 3), "million draws/s, Beta(2, 3)");
        Tensor concentration = Tensor.LinearSpace(0.5, 5, Categories, DType.Float32);
        Add("dirichlet_mps", new Dirichlet(concentration), "million coordinates/s, Dirichlet of 10", Count / Categories);
        Add("poisson_mps", new Poisson(50), "million draws/s, Poisson(50)");
        Add("poisson_small_mps", new Poisson(3), "million draws/s, Poisson(3)");
        Add("poisson_mixed_mps", new Poisson(rates), "million draws/s, a rate of its own for each", 1);
        Add("binomial_mps", new Binomial(100, 0.3), "million draws/s, Binomial(100, 0.3)", Count / 10);
        Add("categorical_mps", new Categorical(Tensor.From(weights)), "million draws/s, Categorical of 10");

        void Add(string name, Distribution distribution, string unit, int draws = Count)
        {
            RandomKey key = RandomKey.FromSeed(1);
            int number = 0;
            double millions = draws * distribution.BatchShape.Count * distribution.EventShape.Count / 1e6;
            report.AddRate(name, timing.OneThread(Steps.Of(() => distribution.Sample(key.Child(number++), [draws]))), millions, unit);
        }
    }

    private static void AddNormal(BenchmarkReport report, Timing timing)
    {
        Tensor value = RandomKey.FromSeed(2).Normal([Count]);
        Tensor loc = Tensor.Full(Shape.Scalar, 0.25, DType.Float32).AsVariable();
        Tensor scale = Tensor.Full(Shape.Scalar, 1.5, DType.Float32).AsVariable();
        Tensor locs = (0.5 * RandomKey.FromSeed(3).Normal([Count])).AsVariable();
        Tensor scales = (0.5 + RandomKey.FromSeed(4).Uniform([Count])).AsVariable();
        Measured read = timing.OneThread(() => _ = TensorPrimitives.Sum(value.Read<float>()));
        Measured one = timing.OneThread(() => Score(value, loc, scale)), all = timing.OneThread(() => Score(value, locs, scales));
        report.AddTime("read_us", read, 1e6, "µs, one read of a million Float32")
            .AddTime("normal_logprob_us", one, 1e6, "µs, a million values, one mean and scale, with their gradients")
            .AddRatio("normal_logprob_ratio", one, read, unit: "times one read of the values")
            .AddTime("normal_logprob_each_us", all, 1e6, "µs, a mean and a scale for each value")
            .AddRatio("normal_logprob_each_ratio", all, read, 1.0 / 3, "times one read of values, means and scales");
    }

    private static void Score(Tensor value, Tensor loc, Tensor scale)
    {
        using StepScope scope = StepScope.Begin();
        Tensor total = new Normal(loc, scale).LogProb(value).Sum();
        foreach (Tensor gradient in Gradient.Of(total, [loc, scale]))
        {
            gradient.Materialize();
        }
    }

    private static void AddMultivariateNormal(BenchmarkReport report, Timing timing)
    {
        Tensor noise = RandomKey.FromSeed(5).Normal([Dimensions, Dimensions]);
        Tensor covariance = noise.MatMul(noise.Transpose()) + (10 * Tensor.Identity(Dimensions, DType.Float32));
        Tensor factor = covariance.Cholesky();
        Tensor loc = RandomKey.FromSeed(6).Normal([Dimensions]);
        Tensor value = RandomKey.FromSeed(7).Normal([Rows, Dimensions]);
        const double Operations = (double)Rows * Dimensions * Dimensions;
        Measured seconds = timing.OneThread(Steps.Of(() => new MultivariateNormal(loc, scaleTril: factor).LogProb(value)));
        Measured bare = timing.OneThread(Steps.Of(() => new MultivariateNormal(loc, scaleTril: factor, validate: false).LogProb(value)));
        report.AddTime("mvn64_us", seconds, 1e6, "µs, log-density of 10,000 rows")
            .AddShare("mvn64_share", seconds, Operations, "of the one-thread peak; n² operations per row")
            .AddShare("mvn64_unchecked_share", bare, Operations, "without validation");
    }
}
