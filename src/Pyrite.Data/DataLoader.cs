using System.Collections;

namespace Pyrite;

/// <summary>Goes through a dataset in batches, in a new order every epoch if so asked.</summary>
/// <remarks>
/// Every <c>foreach</c> is an epoch. Epoch e visits the rows in the order <c>key.Child(e).Permutation</c>, so that the same key gives the same
/// batches on every machine, with or without prefetch and at any number of threads. While one batch is in use the next is filled by the engine's
/// worker pool. A batch's tensors live until the next batch is asked for: memory is used over and over, and a stale tensor is an error, never a wrong
/// number.
/// </remarks>
public sealed class DataLoader : IEnumerable<Batch>, IBatchSource
{
    private BatchWorkspace? idle;
    private ShardedBatches? sharded;
    private LoaderPosition position;
    private int firstBatch;

    /// <summary>Sets up batches shuffled by a seed.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="batchSize">Rows in a batch, at least 1; the last batch has what is left.</param>
    /// <param name="shuffle">Whether every epoch has an order of its own; else the rows come as they are.</param>
    /// <param name="seed">Which orders; the same seed gives the same ones.</param>
    /// <param name="dropLast">Whether to leave out a last batch that is not full.</param>
    /// <param name="prefetch">Whether to fill the next batch while one is in use; the batches are the same either way.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    public DataLoader(Dataset data, int batchSize, bool shuffle = false, ulong seed = 0, bool dropLast = false, bool prefetch = true)
        : this(data, batchSize, shuffle, RandomKey.FromSeed(seed).Child("loader"), dropLast, prefetch)
    {
    }

    /// <summary>Sets up batches shuffled by a key.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="batchSize">Rows in a batch, at least 1; the last batch has what is left.</param>
    /// <param name="shuffle">Whether every epoch has an order of its own; else the rows come as they are.</param>
    /// <param name="key">Which orders; the same key gives the same ones.</param>
    /// <param name="dropLast">Whether to leave out a last batch that is not full.</param>
    /// <param name="prefetch">Whether to fill the next batch while one is in use; the batches are the same either way.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    public DataLoader(Dataset data, int batchSize, bool shuffle, RandomKey key, bool dropLast = false, bool prefetch = true)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Data = data;
        BatchSize = batchSize;
        Shuffle = shuffle;
        Key = key;
        DropLast = dropLast;
        Prefetch = prefetch;
    }

    /// <summary>The rows.</summary>
    public Dataset Data { get; }

    /// <summary>Rows in a full batch.</summary>
    public int BatchSize { get; }

    /// <summary>Whether every epoch has an order of its own.</summary>
    public bool Shuffle { get; }

    /// <summary>The key that the orders come from.</summary>
    public RandomKey Key { get; }

    /// <summary>Whether a last batch that is not full is left out.</summary>
    public bool DropLast { get; }

    /// <summary>Whether the next batch is filled while one is in use.</summary>
    public bool Prefetch { get; }

    /// <summary>The number of the next epoch, from 0; set it to go on where an earlier run stopped.</summary>
    public int Epoch
    {
        get;
        set => (field, firstBatch, position) = (value, 0, new LoaderPosition(value, 0));
    }

    /// <summary>The batch that comes next; set it to go on where an earlier run stopped, within an epoch too.</summary>
    /// <remarks>In a loop over the loader it is the batch after the present one, and stays that if the loop is left early.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is set to an epoch or batch that does not exist.</exception>
    public LoaderPosition Position
    {
        get => position;
        set
        {
            if (value.Epoch < 0 || value.Batch < 0 || value.Batch >= Math.Max(1, BatchCount))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value,
                    $"A loader of {BatchCount} batches an epoch cannot go on at {value}: expected an epoch from 0 on and a batch from 0 to "
                        + $"{Math.Max(1, BatchCount) - 1}. Were the data or the batch size others?");
            }
            Epoch = value.Epoch;
            (firstBatch, position) = (value.Batch, value);
        }
    }

    /// <summary>The number of batches in an epoch.</summary>
    public int BatchCount => (Data.Count / BatchSize) + (!DropLast && Data.Count % BatchSize > 0 ? 1 : 0);

    /// <summary>Starts the next epoch.</summary>
    /// <remarks>Leaving the loop early ends the epoch. Two loops over one loader at a time are two epochs, each with memory of its own.</remarks>
    /// <returns>The batches, in order.</returns>
    public IEnumerator<Batch> GetEnumerator()
    {
        BatchWorkspace workspace = Interlocked.Exchange(ref idle, null) ?? new BatchWorkspace(Data, Math.Min(BatchSize, Data.Count), parts: 1);
        return new BatchEnumerator<Batch>(StartPass(null, workspace), pass => pass.Current[0], () => Volatile.Write(ref idle, workspace));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The same batches, cut into shards, of which this process reads its own: for <c>svi.Step</c> with the same sharding.</summary>
    /// <param name="sharding">The sharding of the inference.</param>
    /// <returns>For each batch its shards here. A loop is an epoch of this loader, in the same order on all processes; shard s of S has rows
    /// ⌊n·s/S⌋ to ⌊n·(s+1)/S⌋ - 1 of a batch of n. The tensors live until the next batch is asked for.</returns>
    /// <exception cref="ArgumentException">A batch has fewer rows than there are shards.</exception>
    public IEnumerable<Sharded<Batch>> For(Sharding sharding)
    {
        ArgumentNullException.ThrowIfNull(sharding);
        int last = DropLast ? 0 : Data.Count % BatchSize, full = Data.Count >= BatchSize ? BatchSize : 0;
        foreach (int rows in (ReadOnlySpan<int>)[full, last])
        {
            if (rows > 0 && rows < sharding.Count)
            {
                throw new ArgumentException(
                    $"A batch of {rows} rows cannot be cut into {sharding.Count} shards ({Data.Count} rows in batches of {BatchSize}). Take other "
                        + "batches, fewer shards, or dropLast: true.", nameof(sharding));
            }
        }
        ShardedBatches? known = sharded;
        return known is not null && ReferenceEquals(known.Sharding, sharding) ? known : sharded = new ShardedBatches(this, sharding);
    }

    /// <summary>Starts the next epoch in some memory.</summary>
    internal BatchPass StartPass(Sharding? sharding, BatchWorkspace workspace)
    {
        LoaderPosition start = new(Epoch, firstBatch);
        Epoch++;
        position = start;
        SetOrder(workspace.Order, start.Epoch);
        return new BatchPass(this, sharding, workspace, start, LoaderSignals.Epoch(this, start.Epoch));
    }

    /// <summary>Remembers which batch comes next.</summary>
    internal void NotePosition(LoaderPosition next) => position = next;

    private void SetOrder(int[] order, int epoch)
    {
        if (Shuffle)
        {
            Key.Child(epoch).Permutation(order);
            return;
        }
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }
    }
}
