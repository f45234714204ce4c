using System.Diagnostics;
using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>Gradients of models with a loop over time, written with <c>for</c> and with <see cref="Scan"/>, from 200 rounds to 20,000.</summary>
internal sealed class RecurrencesBenchmark : Benchmark
{
    public override string Name => "recurrences";

    public override string Description =>
        "loops over time as for and as Scan, on one thread: ARMA(1, 1), GARCH(1, 1), a hidden Markov model: time per gradient  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(3);
        PeakRate.AddTo(report, timing);
        Add(report, timing, "arma", LoopModels.ArmaScan(), "ARMA(1, 1), 200 rounds, Scan");
        Add(report, timing, "garch", LoopModels.GarchScan(), "GARCH(1, 1) with its latent bound, 200 rounds, Scan");
        Add(report, timing, "hmm", LoopModels.HiddenMarkov(isScan: true), "400 rounds, 2 states, Scan");
        Add(report, timing, "arma_for", LoopModels.Arma(), "the same as a loop in C#");
        Add(report, timing, "garch_for", LoopModels.Garch(isStationary: true), "the same as a loop in C#");
        Add(report, timing, "hmm_for", LoopModels.HiddenMarkov(), "the same as a loop in C#");
        const int Long = 2000;
        Add(report, timing, "arma_for_2000", LoopModels.Arma(Long), "ARMA(1, 1), 2000 rounds, a loop in C#");
        Add(report, timing, "garch_for_2000", LoopModels.Garch(isStationary: true, Long), "GARCH(1, 1), 2000 rounds, a loop in C#");
        Add(report, timing, "hmm_for_2000", LoopModels.HiddenMarkov(isScan: false, Long), "2000 rounds, 2 states, a loop in C#");
        foreach (int length in new[] { Long, 20000 })
        {
            Add(report, timing, $"arma_{length}", LoopModels.ArmaScan(length), $"ARMA(1, 1), {length} rounds, Scan");
            Add(report, timing, $"garch_{length}", LoopModels.GarchScan(length), $"GARCH(1, 1), {length} rounds, Scan");
            Add(report, timing, $"hmm_{length}", LoopModels.HiddenMarkov(isScan: true, length), $"{length} rounds, 2 states, Scan");
        }
        return report;
    }

    private static void Add(BenchmarkReport report, Timing timing, string name, Action model, string what)
    {
        Potential potential = null!;
        double seconds = 0;
        Pair start = Timing.Single(() =>
        {
            long begin = Stopwatch.GetTimestamp();
            potential = Potential.Of(model);
            double[] first = new double[potential.Dimension];
            potential.LogDensity(first, new double[potential.Dimension]);
            seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        });
        double[] point = new double[potential.Dimension], gradient = new double[potential.Dimension];
        Measured measured = timing.OneThread(() => potential.LogDensity(point, gradient), DType.Float64);
        report.AddTime($"{name}_us_per_gradient", measured, 1e6, $"µs, {what}")
            .Add($"{name}_record_ms", 1e3 * seconds, "ms, to the first gradient", start.IsDisturbed);
    }
}
