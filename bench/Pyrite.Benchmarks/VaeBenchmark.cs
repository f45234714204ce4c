using System.Diagnostics;

namespace Pyrite.Benchmarks;

/// <summary>Training of the variational autoencoder: <c>Svi.Step</c> and the loader, against the peak measured between its own steps.</summary>
internal sealed class VaeBenchmark : Benchmark
{
    private const int BatchSize = 128;

    /// <summary>Forward and backward at nominal operations: 15.1 million multiply-adds an image.</summary>
    private const double OperationsAnImage = 30.2e6;

    private const int StepsBetweenPeaks = 50;

    public override string Name => "vae";

    public override string Description => "the VAE on MNIST: seconds per epoch, share of the FMA peak, memory  [--steps N] [--warm-up N] [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        Mnist mnist = Mnist.Load();
        DataLoader loader = new(mnist.Train, BatchSize, shuffle: true);
        Cli.Vae vae = new();
        Svi<Tensor> svi = new(vae.Model, vae.Guide, new Adam(1e-3), new TraceElbo());
        int steps = Math.Min(options.Integer("steps", options.Short ? 20 : loader.BatchCount), loader.BatchCount);

        Train(svi, loader, options.Integer("warm-up", options.Short ? 5 : loader.BatchCount), peaks: null);
        List<double> peaks = [];
        Measurement measured = Train(svi, loader, steps, peaks);
        return Report(measured, Timing.Median(peaks), loader.BatchCount);
    }

    /// <summary>Runs some steps of one epoch; the peak is measured between them, off the clock.</summary>
    private static Measurement Train(Svi<Tensor> svi, DataLoader loader, int steps, List<double>? peaks)
    {
        Measurement sum = new(0, 0, 0, 0, []);
        Stopwatch clock = new();
        AddPeak(peaks);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        clock.Start();
        foreach ((Tensor x, _) in loader)
        {
            double loss = svi.Step(x);
            long now = GC.GetAllocatedBytesForCurrentThread();
            sum.Allocated.Add(now - allocated);
            allocated = now;
            sum = sum with { Steps = sum.Steps + 1, Images = sum.Images + x.Shape[0], Loss = sum.Loss + loss };
            if (sum.Steps == steps || sum.Steps % StepsBetweenPeaks == 0)
            {
                clock.Stop();
                AddPeak(peaks);
                allocated = GC.GetAllocatedBytesForCurrentThread();
                clock.Start();
            }

            if (sum.Steps == steps)
            {
                break;
            }
        }

        return sum with { Seconds = clock.Elapsed.TotalSeconds };
    }

    private static void AddPeak(List<double>? peaks) => peaks?.Add(PeakRate.MeasureFloat32(Environment.ProcessorCount));

    private static BenchmarkReport Report(Measurement measured, double peak, int stepsAnEpoch)
    {
        double gflops = measured.Images * OperationsAnImage / measured.Seconds / 1e9;
        using Process process = Process.GetCurrentProcess();
        return new BenchmarkReport("vae")
            .Add("seconds_per_epoch", measured.Seconds / measured.Steps * stepsAnEpoch, $"s, from {measured.Steps} of {stepsAnEpoch} steps")
            .Add("images_per_second", measured.Images / measured.Seconds)
            .Add("gflops", gflops, "GFLOP/s at 30.2 MFLOP an image")
            .Add("share_of_peak", gflops / peak)
            .Add("peak_float32_all_threads_gflops", peak, $"GFLOP/s, {Environment.ProcessorCount} threads, median between the steps")
            .Add("peak_memory_mb", process.PeakWorkingSet64 / 1e6, "MB")
            .Add("allocated_bytes_per_step", Timing.Median(measured.Allocated), "bytes, a steady step with its batch, median")
            .Add("allocated_bytes_per_step_mean", measured.Allocated.Average(), "bytes, mean; the first replay of the last, smaller batch is among them")
            .Add("loss_per_image", measured.Loss / measured.Images);
    }

    private readonly record struct Measurement(int Steps, int Images, double Loss, double Seconds, List<double> Allocated);
}
