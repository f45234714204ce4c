namespace Pyrite.Benchmarks;

/// <summary>Training of a variational autoencoder on MNIST, step by step through one epoch after the other.</summary>
internal sealed class VaeTraining
{
    private readonly DataLoader loader;
    private readonly Svi<Tensor> svi;
    private IEnumerator<Batch> batches;

    /// <summary>The convolutional network that the command line trains.</summary>
    public VaeTraining()
        : this(new Cli.Vae(), 128)
    {
    }

    /// <summary>Another network.</summary>
    public VaeTraining(Action<Tensor> model, Action<Tensor> guide, int batchSize)
    {
        loader = new DataLoader(Mnist.Load().Train, batchSize, shuffle: true);
        batches = loader.GetEnumerator();
        svi = new Svi<Tensor>(model, guide, new Adam(1e-3), new TraceElbo());
    }

    private VaeTraining(Cli.Vae vae, int batchSize)
        : this(vae.Model, vae.Guide, batchSize)
    {
    }

    /// <summary>Images of an epoch.</summary>
    public int Images => loader.Data.Count;

    /// <summary>The loss of the last step, an image.</summary>
    public double LossPerImage { get; private set; }

    /// <summary>The next batch and a step with it.</summary>
    /// <returns>The images of the batch.</returns>
    public double Step()
    {
        while (!batches.MoveNext())
        {
            batches.Dispose();
            batches = loader.GetEnumerator();
        }
        (Tensor x, _) = batches.Current;
        double loss = svi.Step(x);
        LossPerImage = loss / x.Shape[0];
        return x.Shape[0];
    }
}
