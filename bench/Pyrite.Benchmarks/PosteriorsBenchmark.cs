using System.Diagnostics;
using Pyrite.Kernels.Threads;
using Pyrite.Testing;
using Pyrite.Tests;

namespace Pyrite.Benchmarks;

/// <summary>Effective draws per second and per gradient of NUTS over the posteriors of posteriordb, the models being those of the tests.</summary>
/// <remarks>The files lie where tests look for them: in the folder that PYRITE_POSTERIORDB names, else in shared/posteriordb beside the repository.</remarks>
internal sealed class PosteriorsBenchmark : Benchmark
{
    private const int Chains = 4;

    public override string Name => "posteriors";

    public override string Description => "NUTS over posteriordb on one thread: least bulk ESS per second of sampling and per gradient  [--only NAME] [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        string only = options.Text("only", "");
        if (PosteriorReference.ReasonToSkip is { } reason)
        {
            throw new ArgumentException(reason);
        }
        (int warmup, int draws) = options.Short ? (200, 200) : (1000, 1000);
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        PeakRate.Measure(options.Short ? 0.2 : 1).AddTo(report);
        List<double> perSecond = [], perGradient = [];
        foreach (string name in PosteriordbModels.Names.Where(name => name.Contains(only, StringComparison.Ordinal)))
        {
            (double second, double gradient, double microseconds) = Measure(PosteriorReference.Load(name), warmup, draws);
            string metric = name[(name.LastIndexOf('-') + 1)..];
            report.Add($"{metric}_ess_per_second", second).Add($"{metric}_ess_per_gradient", gradient).Add($"{metric}_us_per_gradient", microseconds, "µs");
            perSecond.Add(second);
            perGradient.Add(gradient);
        }
        if (perSecond.Count == 0)
        {
            throw new ArgumentException($"No posterior is called like \"{only}\"; there are {string.Join(", ", PosteriordbModels.Names)}.");
        }
        return report.Add("minimum_ess_per_second", perSecond.Min()).Add("minimum_ess_per_gradient", perGradient.Min());
    }

    /// <summary>Four chains one after the other. The least bulk ESS of all quantities, over the time and the gradients of the draws without warm-up.</summary>
    private static (double PerSecond, double PerGradient, double Microseconds) Measure(PosteriorReference reference, int warmup, int draws)
    {
        Potential potential = Potential.Of(PosteriordbModels.Of(reference));
        InitialValues start = PosteriordbModels.StartOf(reference) ?? InitialValues.Uniform;
        int width = potential.Quantities.Sum(quantity => (int)quantity.Shape.Count);
        double[] values = new double[Chains * draws * width];
        (double seconds, long gradients) = (0, 0);
        for (int chain = 0; chain < Chains; chain++)
        {
            RandomKey key = RandomKey.FromSeed(1).Child(chain);
            Nuts sampler = PosteriordbModels.SamplerOf(reference);
            ChainState state = sampler.Initialize(potential, start.Choose(potential, chain, key.Child("start")), warmup, key.Child("sampler"));
            for (int i = 0; i < warmup; i++)
            {
                sampler.Step(state, key.Child(i));
            }
            for (int i = 0; i < draws; i++)
            {
                long begin = Stopwatch.GetTimestamp();
                sampler.Step(state, key.Child(warmup + i));
                seconds += Stopwatch.GetElapsedTime(begin).TotalSeconds;
                gradients += state.Last.LeapfrogSteps;
                potential.Constrain(state.Position, values.AsSpan(((chain * draws) + i) * width, width));
            }
        }
        double ess = LeastEss(values, width);
        return (ess / seconds, ess / gradients, 1e6 * seconds / gradients);
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
            least = Math.Min(least, double.IsNaN(ChainDiagnostics.EssBulk(column, Chains)) ? double.PositiveInfinity : ChainDiagnostics.EssBulk(column, Chains));
        }
        return least;
    }
}
