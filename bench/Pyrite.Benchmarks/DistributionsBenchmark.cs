using System.Diagnostics;
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
    private const double WarmUpSeconds = 0.5;

    public override string Name => "distributions";

    public override string Description => "one thread: millions of draws a second, Normal and MultivariateNormal(64) log-densities  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using Precision.Scope precision = Precision.Use(DType.Float32);
        using WorkerPool.ThreadLimit oneThread = WorkerPool.LimitThreads(1);
        int runs = options.Short ? 3 : 15;
        BenchmarkReport report = new(Name);
        PeakRate peak = PeakRate.Measure(options.Short ? 0.2 : 1);
        peak.AddTo(report);
        AddDraws(report, runs);
        AddNormal(report, runs);
        AddMultivariateNormal(report, runs, peak);
        return report;
    }

    private static void AddDraws(BenchmarkReport report, int runs)
    {
        double[] weights = [.. Enumerable.Range(1, Categories).Select(k => (double)k)];
        Tensor rates = Tensor.LinearSpace(20, 80, Count, DType.Float32);
        report.Add("normal_mps", Rate(new Normal(0.5, 2), Count, runs), "million draws/s, Normal(0.5, 2)")
            .Add("normal_float64_mps", Rate(new Normal(Tensor.Full(Shape.Scalar, 0.5, DType.Float64), 2), Count, runs), "million draws/s, Float64")
            .Add("gamma_mps", Rate(new Gamma(2.5, 1.5), Count, runs), "million draws/s, Gamma(2.5, 1.5)")
            .Add("gamma_below_one_mps", Rate(new Gamma(0.3, 1.5), Count, runs), "million draws/s, Gamma(0.3, 1.5)")
            .Add("beta_mps", Rate(new Beta(2, 3), Count, runs), "million draws/s, Beta(2, 3)")
            .Add("dirichlet_mps", Rate(new Dirichlet(Tensor.LinearSpace(0.5, 5, Categories, DType.Float32)), Count / Categories, runs) * Categories, "million coordinates/s, Dirichlet of 10")
            .Add("poisson_mps", Rate(new Poisson(50), Count, runs), "million draws/s, Poisson(50)")
            .Add("poisson_small_mps", Rate(new Poisson(3), Count, runs), "million draws/s, Poisson(3)")
            .Add("poisson_mixed_mps", Rate(new Poisson(rates), 1, runs) * Count, "million draws/s, a rate of its own for each")
            .Add("binomial_mps", Rate(new Binomial(100, 0.3), Count, runs), "million draws/s, Binomial(100, 0.3)")
            .Add("categorical_mps", Rate(new Categorical(Tensor.From(weights)), Count, runs), "million draws/s, Categorical of 10");
    }

    /// <summary>Millions of draws a second.</summary>
    private static double Rate(Distribution distribution, int draws, int runs)
    {
        RandomKey key = RandomKey.FromSeed(1);
        int number = 0;
        return draws / Seconds(() => distribution.Sample(key.Child(number++), [draws]).Materialize(), runs) / 1e6;
    }

    private static void AddNormal(BenchmarkReport report, int runs)
    {
        Tensor value = RandomKey.FromSeed(2).Normal([Count]);
        Tensor loc = Tensor.Full(Shape.Scalar, 0.25, DType.Float32).AsVariable();
        Tensor scale = Tensor.Full(Shape.Scalar, 1.5, DType.Float32).AsVariable();
        Tensor locs = (0.5 * RandomKey.FromSeed(3).Normal([Count])).AsVariable();
        Tensor scales = (0.5 + RandomKey.FromSeed(4).Uniform([Count])).AsVariable();
        double read = Seconds(() => _ = TensorPrimitives.Sum(value.Read<float>()), runs);
        double one = Seconds(() => Score(value, loc, scale), runs);
        double all = Seconds(() => Score(value, locs, scales), runs);
        report.Add("read_us", read * 1e6, "µs, one read of a million Float32")
            .Add("normal_logprob_us", one * 1e6, "µs, a million values, one mean and scale, with their gradients")
            .Add("normal_logprob_ratio", one / read, "times one read of the values")
            .Add("normal_logprob_each_us", all * 1e6, "µs, a mean and a scale for each value")
            .Add("normal_logprob_each_ratio", all / (3 * read), "times one read of values, means and scales");
    }

    private static void Score(Tensor value, Tensor loc, Tensor scale)
    {
        Tensor total = new Normal(loc, scale).LogProb(value).Sum();
        foreach (Tensor gradient in Gradient.Of(total, [loc, scale]))
        {
            gradient.Materialize();
        }
    }

    private static void AddMultivariateNormal(BenchmarkReport report, int runs, PeakRate peak)
    {
        Tensor noise = RandomKey.FromSeed(5).Normal([Dimensions, Dimensions]);
        Tensor covariance = noise.MatMul(noise.Transpose()) + (10 * Tensor.Identity(Dimensions, DType.Float32));
        Tensor factor = covariance.Cholesky();
        Tensor loc = RandomKey.FromSeed(6).Normal([Dimensions]);
        Tensor value = RandomKey.FromSeed(7).Normal([Rows, Dimensions]);
        double billions = (double)Rows * Dimensions * Dimensions / 1e9;
        double seconds = Seconds(() => new MultivariateNormal(loc, scaleTril: factor).LogProb(value).Materialize(), runs);
        double bare = Seconds(() => new MultivariateNormal(loc, scaleTril: factor, validate: false).LogProb(value).Materialize(), runs);
        report.Add("mvn64_us", seconds * 1e6, "µs, log-density of 10,000 rows")
            .Add("mvn64_share", billions / seconds / peak.Float32OneThread, "of the one-thread peak; n² operations a row")
            .Add("mvn64_unchecked_share", billions / bare / peak.Float32OneThread, "without validation");
    }

    /// <summary>The median after half a second of warm-up: the first calls run code that is still being compiled.</summary>
    private static double Seconds(Action work, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds)
        {
            Step();
        }

        return Timing.MedianSeconds(Step, runs);

        void Step()
        {
            using StepScope scope = StepScope.Begin();
            work();
        }
    }
}
