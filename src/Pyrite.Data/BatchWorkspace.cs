namespace Pyrite;

/// <summary>What one pass over the data needs and leaves to the next: the order of the rows, the batch in use and the one being filled.</summary>
internal sealed class BatchWorkspace(Dataset data, int mostRows)
{
    /// <summary>The rows in the order of the pass.</summary>
    public int[] Order { get; } = new int[data.Count];

    /// <summary>The buffer whose batch is in the user's hands.</summary>
    public BatchBuffer Current { get; private set; } = new(data, mostRows);

    /// <summary>The buffer that is filled while the user works.</summary>
    public BatchBuffer Next { get; private set; } = new(data, mostRows);

    /// <summary>Makes the filled buffer the current one.</summary>
    public void Swap() => (Current, Next) = (Next, Current);
}
