using System.Collections;

namespace Pyrite;

/// <summary>Data of one step, cut into shards: those of this process.</summary>
/// <remarks>Made by <see cref="Sharding.Cut(Tensor)"/>, or by a loader that reads the rows of this process alone.</remarks>
/// <typeparam name="T">The data of a shard.</typeparam>
public sealed class Sharded<T> : IReadOnlyList<T>
{
    private readonly IReadOnlyList<T> parts;

    /// <summary>Puts the shards of a process together.</summary>
    /// <param name="sharding">Which shards.</param>
    /// <param name="rows">How many rows all shards have together, on all processes; cut as <see cref="Sharding.RowsOf"/> says.</param>
    /// <param name="parts">The data of each shard here.</param>
    /// <exception cref="ArgumentException">There are fewer rows than shards, or not as many parts as shards here.</exception>
    public Sharded(Sharding sharding, int rows, IReadOnlyList<T> parts)
    {
        ArgumentNullException.ThrowIfNull(sharding);
        ArgumentNullException.ThrowIfNull(parts);
        if (rows < sharding.Count)
        {
            throw new ArgumentException(
                $"{rows} rows cannot be cut into {sharding.Count} shards: each needs one at least. Take larger batches, or fewer shards.",
                nameof(rows));
        }
        if (parts.Count != sharding.Here)
        {
            throw new ArgumentException(
                $"Rank {sharding.Group.Rank} computes {sharding.Here} of {sharding.Count} shards; found data of {parts.Count}.", nameof(parts));
        }
        Sharding = sharding;
        Rows = rows;
        this.parts = parts;
    }

    /// <summary>How the step is cut.</summary>
    public Sharding Sharding { get; }

    /// <summary>How many rows all shards have together, on all processes.</summary>
    public int Rows { get; }

    /// <summary>How many shards this process has.</summary>
    public int Count => parts.Count;

    /// <summary>The data of a shard.</summary>
    /// <param name="index">From 0, the first shard of this process.</param>
    public T this[int index] => parts[index];

    /// <summary>How many rows a shard has.</summary>
    /// <param name="index">From 0, the first shard of this process.</param>
    public int RowsOf(int index)
    {
        Range rows = Sharding.RowsOf(Rows, Sharding.First + index);
        return rows.End.Value - rows.Start.Value;
    }

    /// <summary>Other data of the same rows, such as the images of batches.</summary>
    /// <param name="of">Makes the data of a shard.</param>
    /// <typeparam name="TOut">The data of a shard.</typeparam>
    public Sharded<TOut> Select<TOut>(Func<T, TOut> of)
    {
        ArgumentNullException.ThrowIfNull(of);
        TOut[] made = new TOut[parts.Count];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = of(parts[i]);
        }
        return new Sharded<TOut>(Sharding, Rows, made);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => parts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
