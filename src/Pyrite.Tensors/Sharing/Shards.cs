namespace Pyrite;

/// <summary>Makes <see cref="Sharding"/>s.</summary>
public static class Shards
{
    /// <summary>Cuts steps into some shards.</summary>
    /// <param name="count">How many: a power of two, the same wherever the same bits are wanted. Eight are a good choice for up to eight
    /// processes.</param>
    /// <param name="group">The processes that share them; this one alone if not given, which gives the same bits.</param>
    /// <exception cref="ArgumentException">The count is no power of two, or the number of processes does not divide it.</exception>
    public static Sharding Of(int count, ProcessGroup? group = null)
    {
        ProcessGroup processes = group ?? ProcessGroup.Alone;
        return count < 1 || !int.IsPow2(count)
            ? throw new ArgumentException($"A step is cut into 1, 2, 4, 8 … shards, so that they can be joined as a tree; found {count}.",
                nameof(count))
            : count % processes.Size == 0
                ? new Sharding(count, processes)
                : throw new ArgumentException(
                    $"{count} shards cannot be dealt out to {processes.Size} processes: each computes equally many. Start 1, 2, 4 … up to {count} "
                        + "of them, or take more shards.", nameof(group));
    }
}
