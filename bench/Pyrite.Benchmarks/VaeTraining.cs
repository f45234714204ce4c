using System.Diagnostics;

namespace Pyrite.Benchmarks;

/// <summary>Training of a variational autoencoder on MNIST that can be run piece by piece.</summary>
internal sealed class VaeTraining
{
    private readonly DataLoader loader;
    private readonly Svi<Tensor> svi;

    /// <summary>The convolutional network that the command line trains.</summary>
    public VaeTraining()
    {
        Cli.Vae vae = new();
        loader = new DataLoader(Mnist.Load().Train, 128, shuffle: true);
        svi = new Svi<Tensor>(vae.Model, vae.Guide, new Adam(1e-3), new TraceElbo());
    }

    /// <summary>Another network.</summary>
    public VaeTraining(Action<Tensor> model, Action<Tensor> guide, int batchSize)
    {
        loader = new DataLoader(Mnist.Load().Train, batchSize, shuffle: true);
        svi = new Svi<Tensor>(model, guide, new Adam(1e-3), new TraceElbo());
    }

    /// <summary>Runs some steps of an epoch.</summary>
    public (double ImagesPerSecond, double LossPerImage) Run(int steps)
    {
        Stopwatch clock = Stopwatch.StartNew();
        (int done, int images, double loss) = (0, 0, 0);
        foreach ((Tensor x, _) in loader)
        {
            loss += svi.Step(x);
            images += x.Shape[0];
            if (++done == steps)
            {
                break;
            }
        }

        return (images / clock.Elapsed.TotalSeconds, loss / images);
    }
}
