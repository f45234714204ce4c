namespace Pyrite;

/// <summary>What one pass over the data needs and leaves to the next: the order of the rows, the batch in use and the one being filled, each in as
/// many parts as are handed out at a time.</summary>
internal sealed class BatchWorkspace(Dataset data, int mostRows, int parts)
{
    /// <summary>The rows in the order of the pass.</summary>
    public int[] Order { get; } = new int[data.Count];

    /// <summary>The buffers whose batch is in the user's hands.</summary>
    public BatchBuffer[] Current { get; private set; } = Buffers(data, mostRows, parts);

    /// <summary>The buffers that are filled while the user works.</summary>
    public BatchBuffer[] Next { get; private set; } = Buffers(data, mostRows, parts);

    /// <summary>Makes the filled buffers the current ones.</summary>
    public void Swap() => (Current, Next) = (Next, Current);

    private static BatchBuffer[] Buffers(Dataset data, int mostRows, int parts) =>
        [.. Enumerable.Range(0, parts).Select(_ => new BatchBuffer(data, mostRows))];
}
