using System.Diagnostics;
using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Benchmarks.Models;

/// <summary>Differential equations in densities: predators and prey, and Robertson's stiff reaction.</summary>
internal sealed class EquationsBenchmark : Benchmark
{
    /// <summary>A solve is many small methods, and on a busy machine the runtime comes late to compile them well: after a quarter of a second
    /// without news, readings were eight times those of a long run.</summary>
    private const double WarmUpSeconds = 2;

    public override string Name => "equations";

    public override string Description =>
        "differential equations, on one thread: Lotka and Volterra's by Tsit5, Robertson's to t = 4e4 by Rodas5: time per gradient  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(3);
        PeakRate.AddTo(report, timing);
        Add(report, timing, options.Short, "lotka_volterra", LotkaVolterra, [0.55, 0.028, 0.84, 0.026, 30, 4],
            "4 rates and 2 initial values, 20 years, tolerances 1e-6");
        Add(report, timing, options.Short, "robertson", () => Robertson(OdeGradient.Discrete), [0.04, 3e7, 1e4],
            "3 rates, 3 times, relative tolerance 1e-6, back through the steps");
        Add(report, timing, options.Short, "robertson_forward", () => Robertson(null), [0.04, 3e7, 1e4],
            "the same, sensitivities solved along: the default");
        return report;
    }

    private static void LotkaVolterra()
    {
        Tensor rates = Sample("rates", new LogNormal(Tensor.From([-0.6, -3.6, -0.2, -3.6]), 0.5).ToEvent(1));
        Tensor start = Sample("start", new LogNormal(Tensor.From([3.4, 1.4]), 0.5).ToEvent(1));
        Tensor years = Tensor.From([.. Enumerable.Range(1, 20).Select(year => (double)year)]);
        Tensor states = Ode.Solve((t, y) => Tensor.Stack([(rates[0] - (rates[1] * y[1])) * y[0], ((rates[3] * y[0]) - rates[2]) * y[1]]),
            start, 0, years).Values;
        Factor("counts", -(states.Log() - 2.5).Square().Sum());
    }

    private static void Robertson(OdeGradient? kind)
    {
        Tensor rates = Sample("rates", new LogNormal(Tensor.From([-3.2, 17.2, 9.2]), 0.5).ToEvent(1));
        Tensor states = Ode.Solve((t, y) =>
        {
            Tensor first = rates[0] * y[0], second = rates[1] * y[1] * y[1], third = rates[2] * y[1] * y[2];
            return Tensor.Stack([third - first, first - second - third, second]);
        }, Tensor.From([1.0, 0, 0]), 0, Tensor.From([0.4, 40, 4e4]), new Rodas5 { AbsoluteTolerance = Tensor.From([1e-9, 1e-13, 1e-9]) },
            gradient: kind).Values;
        Factor("seen", -states.Square().Sum());
    }

    private static void Add(BenchmarkReport report, Timing timing, bool isShort, string name, Action model, double[] values, string what)
    {
        Potential potential = Potential.Of(model);
        double[] point = Array.ConvertAll(values, Math.Log), gradient = new double[potential.Dimension];
        double shift = 0;

        // A point that moves a little, so that nothing of the last solve is used again.
        void Evaluate()
        {
            shift = shift > 0 ? 0 : 1e-9;
            point[0] = Math.Log(values[0]) + shift;
            potential.LogDensity(point, gradient);
        }

        for (long start = Stopwatch.GetTimestamp(); !isShort && Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds;)
        {
            Evaluate();
        }
        Measured measured = timing.OneThread(Evaluate, DType.Float64);
        report.AddTime($"{name}_us_per_gradient", measured, 1e6, $"µs, {what}");
    }
}
