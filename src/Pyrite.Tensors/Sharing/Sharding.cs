namespace Pyrite;

/// <summary>How the work of a step is cut into shards, and which of them this process computes.</summary>
/// <remarks>The number of shards is part of the program and decides bits; the number of processes does not: each computes neighbouring shards, and
/// what the shards give is joined as one tree. Made by <see cref="Shards.Of"/>.</remarks>
public sealed class Sharding
{
    internal Sharding(int count, ProcessGroup group)
    {
        Count = count;
        Group = group;
        Here = count / group.Size;
        First = group.Rank * Here;
    }

    /// <summary>How many shards there are on all processes together; a power of two.</summary>
    public int Count { get; }

    /// <summary>The processes that share the work.</summary>
    public ProcessGroup Group { get; }

    /// <summary>The first shard of this process, from 0.</summary>
    public int First { get; }

    /// <summary>How many shards this process computes: <see cref="First"/> and those after it.</summary>
    public int Here { get; }

    /// <summary>The rows that a shard has of some.</summary>
    /// <param name="rows">How many rows there are for all shards.</param>
    /// <param name="shard">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>From ⌊rows · shard / count⌋ to below ⌊rows · (shard + 1) / count⌋; empty where there are fewer rows than shards.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such shard, or the number of rows is negative.</exception>
    public Range RowsOf(int rows, int shard)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        return (uint)shard < (uint)Count
            ? (int)((long)rows * shard / Count)..(int)((long)rows * (shard + 1) / Count)
            : throw new ArgumentOutOfRangeException(nameof(shard), shard, $"There is no shard {shard}: expected 0 to {Count - 1}.");
    }

    /// <summary>The rows that this process has of some: those of its shards, which are neighbours.</summary>
    /// <param name="rows">How many rows there are for all shards.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of rows is negative.</exception>
    public Range RowsHere(int rows) => RowsOf(rows, First).Start..RowsOf(rows, First + Here - 1).End;

    /// <summary>Cuts an array along its first axis and keeps what belongs to the shards here.</summary>
    /// <param name="rows">The rows of all shards, the same on all processes.</param>
    /// <returns>One view for each shard here.</returns>
    /// <exception cref="ArgumentException">There are fewer rows than shards.</exception>
    public Sharded<Tensor> Cut(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Rank > 0
            ? Cut(rows.Shape[0], part => rows.Slice(0, part.Start.Value, part.End.Value - part.Start.Value))
            : throw new ArgumentException("A single number has no rows to cut into shards. Pass an array whose first axis are the rows.",
                nameof(rows));
    }

    /// <summary>Cuts data of any kind into the shards here.</summary>
    /// <param name="rows">How many rows there are for all shards.</param>
    /// <param name="part">Makes the data of some rows; called for the shards of this process alone.</param>
    /// <typeparam name="T">The data of a shard.</typeparam>
    /// <exception cref="ArgumentException">There are fewer rows than shards.</exception>
    public Sharded<T> Cut<T>(int rows, Func<Range, T> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        T[] parts = new T[Here];
        Sharded<T> all = new(this, rows, parts);
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = part(RowsOf(rows, First + i));
        }
        return all;
    }
}
