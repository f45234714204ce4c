using System.Collections;

namespace Pyrite;

/// <summary>The batches of a loader, of which only the rows of this process's shards are read.</summary>
internal sealed class ShardedBatches(DataLoader loader, Sharding sharding) : IEnumerable<Sharded<Batch>>
{
    private BatchWorkspace? idle;

    /// <summary>How the batches are cut.</summary>
    public Sharding Sharding => sharding;

    /// <summary>Starts the loader's next epoch.</summary>
    public IEnumerator<Sharded<Batch>> GetEnumerator()
    {
        int mostRows = (Math.Min(loader.BatchSize, loader.Data.Count) + sharding.Count - 1) / sharding.Count;
        BatchWorkspace workspace = Interlocked.Exchange(ref idle, null) ?? new BatchWorkspace(loader.Data, mostRows, sharding.Here);
        return new BatchEnumerator<Sharded<Batch>>(loader.StartPass(sharding, workspace),
            pass => new Sharded<Batch>(sharding, pass.CurrentRows, pass.Current), () => Volatile.Write(ref idle, workspace));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
