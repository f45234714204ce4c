using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Benchmarks;

/// <summary>Training of a fully connected variational autoencoder, 784-400-50-400-784, on batches of 256.</summary>
internal sealed class VaeMlpBenchmark : Benchmark
{
    private const int BatchSize = 256;
    private const int Pixels = 784;
    private const int Hidden = 400;
    private const int Latent = 50;

    /// <summary>Two operations a multiply-add, three products a layer; the first layer needs no gradient of its input.</summary>
    private const double OperationsOfImage = 2.0 * ((3 * ((2 * Hidden * Latent) + (Latent * Hidden) + (Hidden * Pixels))) + (2 * Pixels * Hidden));

    public override string Name => "vae-mlp";

    public override string Description => "a fully connected VAE on MNIST, batch 256: share of the FMA peak  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(6);
        PeakRate.AddTo(report, timing);
        Network network = new();
        VaeTraining training = new(network.Model, network.Guide, BatchSize);
        Measured all = timing.UnitsOnAllThreads(training.Step), one = timing.UnitsOnOneThread(training.Step);
        return report.AddRate("images_per_second", all, 1, "all threads")
            .AddShare("share_of_peak", all, OperationsOfImage, "all threads")
            .AddShare("share_of_peak_one_thread", one, OperationsOfImage, "one thread")
            .AddRatio("parallel_efficiency", one, all, 1.0 / WorkerPool.ThreadCount, most: 1)
            .Add("loss_per_image", training.LossPerImage);
    }

    private sealed class Network : Module
    {
        private readonly Linear hiddenIn = new(Pixels, Hidden);
        private readonly Linear loc = new(Hidden, Latent);
        private readonly Linear logScale = new(Hidden, Latent);
        private readonly Linear hiddenOut = new(Latent, Hidden);
        private readonly Linear logits = new(Hidden, Pixels);

        public void Model(Tensor x)
        {
            Register("network", this);
            using (Plate("data", x.Shape[0]))
            {
                Tensor z = Sample("latent", new Normal(Tensor.Zeros(x.Shape[0], Latent), Tensor.Ones(x.Shape[0], Latent)).ToEvent(1));
                Tensor probability = logits.Forward(hiddenOut.Forward(z).Relu()).Sigmoid();
                Sample("obs", new Bernoulli(probability, validate: false).ToEvent(1), observed: x.Reshape(x.Shape[0], Pixels));
            }
        }

        public void Guide(Tensor x)
        {
            Register("network", this);
            using (Plate("data", x.Shape[0]))
            {
                Tensor hidden = hiddenIn.Forward(x.Reshape(x.Shape[0], Pixels)).Relu();
                Sample("latent", new Normal(loc.Forward(hidden), logScale.Forward(hidden).Exp()).ToEvent(1));
            }
        }
    }
}
