using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>What several ranks cost: messages between two, the VAE on two of one thread, and steps that are cut into shards on one.</summary>
internal sealed class DistributedBenchmark : Benchmark
{
    /// <summary>With it the program is one of the ranks that the benchmark starts; rank 0 leaves its figures in the file.</summary>
    private const string RankOption = "rank-figures";

    private const string Launcher = "mpirun.openmpi";

    public override string Name => "distributed";

    public override string Description =>
        "exchanges between two ranks of Open MPI, the VAE on them against two threads, sharded against whole steps  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        if (options.Has(RankOption))
        {
            Cluster.Run([], cluster => AsRank(cluster, report, options));
            return report;
        }
        Timing timing = options.Timing(8);
        PeakRate.AddTo(report, timing);
        AddOneRank(report, options, timing);
        return AddRanks(report, options, timing);
    }

    private static void AddOneRank(BenchmarkReport report, BenchmarkOptions options, Timing timing)
    {
        VaeTraining plain = new();
        Measured whole = timing.UnitsOnOneThread(plain.Step);
        report.AddRate("whole_images_per_second", whole, 1, "one thread, a step in one run");
        foreach (int count in (ReadOnlySpan<int>)[2, 8])
        {
            ShardedTraining sharded = new(Shards.Of(count));
            Measured cut = timing.UnitsOnOneThread(sharded.Step);
            using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
            double[] bytes = Allocations.Of(sharded.Step, options.Short ? 3 : 100);
            report.AddRate($"shards_{count}_images_per_second", cut, 1, $"one rank, one thread, {count} shards")
                .Add($"shards_{count}_speed", whole.Cost.Median / cut.Cost.Median, "of the whole step's, each beside its own peak",
                    whole.IsDisturbed || cut.IsDisturbed)
                .Add($"shards_{count}_allocated_bytes_per_step", Quartiles.Of(bytes).Median, "bytes, a steady step with its batch, median");
        }
    }

    /// <summary>Two threads of this process before and after the two ranks, so that a machine that grows slower favours neither.</summary>
    private BenchmarkReport AddRanks(BenchmarkReport report, BenchmarkOptions options, Timing timing)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(2);
        VaeTraining training = new();
        timing.UnitsOnAllThreads(training.Step);
        double before = StepRate(training.Step, options);
        if (Ranks(options) is not { } ranks)
        {
            Console.WriteLine($"{Launcher} is not installed: what needs two ranks is left out. Debian has it in openmpi-bin.");
            return report;
        }
        double threads = (before + StepRate(training.Step, options)) / 2;
        report.Add(ranks).Add("images_per_second_2_threads", threads, "one process, two threads, wall clock");
        foreach (int count in (ReadOnlySpan<int>)[2, 8])
        {
            double rate = report.Find($"ranks_shards_{count}_images_per_second")!.Value;
            report.Add($"ranks_shards_{count}_speed", rate / threads, "of one process with two threads");
        }
        return report;
    }

    /// <summary>The figures of two ranks of one thread each; null without a launcher.</summary>
    private BenchmarkReport? Ranks(BenchmarkOptions options)
    {
        string file = Path.GetTempFileName();
        string[] launch = ["-n", "2", "--oversubscribe", "--bind-to", "none", "--allow-run-as-root", "-x", "PYRITE_THREADS=1"];
        string[] rank = BenchmarkProcess.Command([Name, $"--{RankOption}", file, .. options.Short ? new[] { "--short" } : []]);
        try
        {
            BenchmarkProcess.LastLine([.. launch, .. rank], Launcher);
            using JsonDocument figures = JsonDocument.Parse(File.ReadAllText(file));
            return BenchmarkReport.FromJson(figures.RootElement);
        }
        catch (Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static int AsRank(Cluster cluster, BenchmarkReport report, BenchmarkOptions options)
    {
        foreach (int count in (ReadOnlySpan<int>)[2, 8])
        {
            ShardedTraining training = new(cluster.Shards(count));
            for (int step = 0; step < (options.Short ? 3 : 100); step++)
            {
                training.Step();
            }
            report.Add($"ranks_shards_{count}_images_per_second", StepRate(training.Step, options),
                $"two ranks of one thread, {count} shards, wall clock");
            if (count == 2)
            {
                AddExchange(report, cluster, options, "gradients", training.GradientBytes);
            }
        }
        AddExchange(report, cluster, options, "8_b", 8);
        AddExchange(report, cluster, options, "1_kb", 1 << 10);
        AddExchange(report, cluster, options, "1_mb", 1 << 20);
        if (cluster.IsFirst)
        {
            File.WriteAllText(options.Text(RankOption, ""), report.ToJson().ToJsonString());
        }
        return 0;
    }

    /// <summary>Images a second: the median of steps by the wall clock. Ranks take equally many.</summary>
    private static double StepRate(Func<double> step, BenchmarkOptions options)
    {
        double[] rates = new double[options.Short ? 3 : 150];
        for (int i = 0; i < rates.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            double images = step();
            rates[i] = images / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return Quartiles.Of(rates).Median;
    }

    private static void AddExchange(BenchmarkReport report, Cluster cluster, BenchmarkOptions options, string figure, int bytes)
    {
        byte[] sent = new byte[bytes], received = new byte[bytes];
        int slices = options.Short ? 3 : 100, calls = Math.Clamp((1 << 22) / bytes, 8, 500);
        double[] seconds = new double[slices];
        for (int slice = -slices; slice < slices; slice++)
        {
            cluster.Barrier();
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                cluster.Exchange(1 - cluster.Rank, sent, received, "a bench");
            }
            seconds[Math.Max(slice, 0)] = Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
        }
        report.Add($"exchange_{figure}_us", 1e6 * Quartiles.Of(seconds).Median, $"µs, {bytes:N0} bytes each way between two ranks of this machine");
    }
}
