using static Pyrite.Primitives;

namespace Pyrite.Benchmarks;

/// <summary>Training of a fully connected variational autoencoder, 784-400-50-400-784, on batches of 256.</summary>
internal sealed class VaeMlpBenchmark : Benchmark
{
    private const int BatchSize = 256;
    private const int Pixels = 784;
    private const int Hidden = 400;
    private const int Latent = 50;

    /// <summary>With fewer steps the just-in-time compiler still works beside those that are measured.</summary>
    private const int WarmUpSteps = 200;
    private const int WarmUpRounds = 2;

    /// <summary>Two operations a multiply-add, three products a layer; the first layer needs no gradient of its input.</summary>
    private const double OperationsAnImage = 2.0 * ((3 * ((2 * Hidden * Latent) + (Latent * Hidden) + (Hidden * Pixels))) + (2 * Pixels * Hidden));

    public override string Name => "vae-mlp";

    public override string Description => "a fully connected VAE on MNIST, batch 256: share of the FMA peak  [--steps N] [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        int steps = options.Integer("steps", options.Short ? 10 : 40);
        Network network = new();
        VaeTraining training = new(network.Model, network.Guide, BatchSize);
        for (int round = 0; round < (options.Short ? 1 : WarmUpRounds); round++)
        {
            training.Run(options.Short ? steps : WarmUpSteps);
        }

        List<double> rates = [];
        List<double> peaks = [];
        double loss = 0;
        for (int round = 0; round < 5; round++)
        {
            peaks.Add(PeakRate.MeasureFloat32(Environment.ProcessorCount));
            (double rate, loss) = training.Run(steps);
            rates.Add(rate);
        }

        double gflops = Timing.Median(rates) * OperationsAnImage / 1e9;
        return new BenchmarkReport(Name)
            .Add("images_per_second", Timing.Median(rates))
            .Add("gflops", gflops, "GFLOP/s")
            .Add("share_of_peak", gflops / Timing.Median(peaks))
            .Add("peak_float32_all_threads_gflops", Timing.Median(peaks), "GFLOP/s")
            .Add("loss_per_image", loss);
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
