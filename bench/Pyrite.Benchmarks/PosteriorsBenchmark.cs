using Pyrite.Kernels.Threads;
using Pyrite.Testing;
using Pyrite.Tests;

namespace Pyrite.Benchmarks;

/// <summary>Effective draws per second and per gradient of NUTS over the posteriors of posteriordb, the models being those of the tests.</summary>
/// <remarks>The files lie where tests look for them: in the folder that PYRITE_POSTERIORDB names, else in shared/posteriordb beside the
/// repository.</remarks>
internal sealed class PosteriorsBenchmark : Benchmark
{
    private const int Chains = 4;

    public override string Name => "posteriors";

    public override string Description =>
        "NUTS over posteriordb on one thread: least bulk ESS per second of sampling and per gradient  [--only NAME] [--short]";

    public override string? ReasonToSkip => PosteriorReference.ReasonToSkip;

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        string only = options.Text("only", "");
        if (ReasonToSkip is { } reason)
        {
            throw new ArgumentException(reason);
        }
        (int warmup, int draws) = options.Short ? (200, 200) : (1000, 1000);
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        PeakRate.AddTo(report, options.Timing(30));
        List<double> perSecond = [], perGradient = [];
        foreach (string name in PosteriordbModels.Names.Where(name => name.Contains(only, StringComparison.Ordinal)))
        {
            (Measured gradient, double ess) = Measure(PosteriorReference.Load(name), warmup, draws);
            string metric = name[(name.LastIndexOf('-') + 1)..];
            report.AddRate($"{metric}_ess_per_second", gradient, ess, "")
                .Add($"{metric}_ess_per_gradient", ess).AddTime($"{metric}_us_per_gradient", gradient, 1e6, "µs");
            perSecond.Add(ess / gradient.Seconds.Median);
            perGradient.Add(ess);
        }
        if (perSecond.Count == 0)
        {
            throw new ArgumentException($"No posterior is called like \"{only}\"; there are {string.Join(", ", PosteriordbModels.Names)}.");
        }
        return report.Add("minimum_ess_per_second", perSecond.Min()).Add("minimum_ess_per_gradient", perGradient.Min());
    }

    /// <summary>Four chains one after the other: the time of a gradient of the draws without warm-up, and the least bulk ESS of all quantities over
    /// the gradients.</summary>
    private static (Measured Gradient, double EssPerGradient) Measure(PosteriorReference reference, int warmup, int draws)
    {
        Potential potential = Potential.Of(PosteriordbModels.Of(reference));
        InitialValues start = PosteriordbModels.StartOf(reference) ?? InitialValues.Uniform;
        int width = potential.Quantities.Sum(quantity => (int)quantity.Shape.Count);
        double[] values = new double[Chains * draws * width];
        using SliceClock clock = new SliceClock.OfOneThread();
        using PeakSlice peak = new(DType.Float64, threads: 1);
        Pair[] chains = new Pair[Chains];
        (long all, double before) = (0, peak.Rate().Rate);
        for (int chain = 0; chain < Chains; chain++)
        {
            RandomKey key = RandomKey.FromSeed(1).Child(chain);
            Nuts sampler = PosteriordbModels.SamplerOf(reference);
            ChainState state = sampler.Start(potential, start.Choose(potential, chain, key.Child("start")), warmup, key);
            for (int i = 0; i < warmup; i++)
            {
                state = sampler.Step(potential, state);
            }
            long gradients = 0;
            clock.Start();
            for (int i = 0; i < draws; i++)
            {
                state = sampler.Step(potential, state);
                gradients += state.Last.LeapfrogSteps;
                potential.Constrain(state.Position, values.AsSpan(((chain * draws) + i) * width, width));
            }
            double seconds = clock.Stop();
            chains[chain] = new(seconds / gradients, before, peak.Rate().Rate, clock.Busy());
            before = chains[chain].PeakAfter;
            all += gradients;
        }
        return (Measured.Of(chains, enough: Chains), LeastEss(values, width) / all);
    }

    private static double LeastEss(double[] values, int width)
    {
        double least = double.PositiveInfinity;
        double[] column = new double[values.Length / width];
        for (int k = 0; k < width; k++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = values[(i * width) + k];
            }

            // Of the entries of a simplex or a factor some never change; they have no effective size.
            double ess = ChainDiagnostics.EssBulk(column, Chains);
            least = double.IsNaN(ess) ? least : Math.Min(least, ess);
        }
        return least;
    }
}
