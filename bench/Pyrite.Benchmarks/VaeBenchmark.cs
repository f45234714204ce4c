using System.Diagnostics;
using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>Training of the variational autoencoder: <c>Svi.Step</c> and the loader, against the peak measured between its own steps.</summary>
internal sealed class VaeBenchmark : Benchmark
{
    /// <summary>Forward and backward at nominal operations: 15.1 million multiply-adds per image.</summary>
    private const double OperationsOfImage = 30.2e6;

    public override string Name => "vae";

    public override string Description => "the VAE on MNIST: seconds per epoch, share of the FMA peak, memory  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        VaeTraining training = new();
        Timing timing = options.Timing(6);
        Measured all = timing.UnitsOnAllThreads(training.Step);
        using Process process = Process.GetCurrentProcess();
        double memory = process.PeakWorkingSet64 / 1e6;
        double[] allocated = Allocations.Of(training.Step, options.Short ? 3 : 100);
        Measured one = timing.UnitsOnOneThread(training.Step);
        PeakRate.AddTo(report, timing);
        return report.AddTime("seconds_per_epoch", all, training.Images, $"s, {training.Images:N0} images, {WorkerPool.ThreadCount} threads")
            .AddTime("seconds_per_epoch_one_thread", one, training.Images, "s, one thread")
            .AddRate("images_per_second", all, 1, "all threads")
            .AddShare("share_of_peak", all, OperationsOfImage, "all threads, at 30.2 MFLOP per image")
            .AddShare("share_of_peak_one_thread", one, OperationsOfImage, "one thread")
            .AddRatio("parallel_efficiency", one, all, 1.0 / WorkerPool.ThreadCount, most: 1)
            .Add("peak_memory_mb", memory, "MB resident at most, data and runtime included")
            .Add("allocated_bytes_per_step", Quartiles.Of(allocated).Median, "bytes, a steady step with its batch, median")
            .Add("allocated_bytes_per_step_mean", allocated.Average(), "bytes, mean")
            .Add("loss_per_image", training.LossPerImage);
    }
}
