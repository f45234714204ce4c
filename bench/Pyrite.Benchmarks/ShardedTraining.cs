namespace Pyrite.Benchmarks;

/// <summary>The VAE's training with steps that are cut into shards, otherwise as <see cref="VaeTraining"/>.</summary>
internal sealed class ShardedTraining
{
    private const int BatchSize = 128;

    private readonly DataLoader loader = new(Mnist.Load().Train, BatchSize, shuffle: true);
    private readonly Svi<Tensor> svi;
    private readonly Func<Batch, Tensor> images = batch => batch.Tensors[0];
    private IEnumerator<Sharded<Batch>> batches;

    /// <summary>The network and its data.</summary>
    /// <param name="sharding">How steps are cut, and among which processes.</param>
    public ShardedTraining(Sharding sharding)
    {
        Cli.Vae vae = new();
        svi = new Svi<Tensor>(vae.Model, vae.Guide, new Adam(1e-3), new TraceElbo()) { Sharding = sharding };
        batches = loader.For(sharding).GetEnumerator();
    }

    /// <summary>Bytes of the gradients of all parameters; known after a step.</summary>
    public int GradientBytes => sizeof(float) * (int)svi.Parameters.Count;

    /// <summary>The next batch and a step with it; the same on all processes.</summary>
    /// <returns>The images of the batch, on all processes together.</returns>
    public double Step()
    {
        while (!batches.MoveNext())
        {
            batches.Dispose();
            batches = loader.For(svi.Sharding!).GetEnumerator();
        }
        Sharded<Batch> current = batches.Current;
        svi.Step(current.Select(images));
        return current.Rows;
    }
}
