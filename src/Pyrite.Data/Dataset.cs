namespace Pyrite;

/// <summary>Rows that a <see cref="DataLoader"/> puts into batches.</summary>
/// <remarks>
/// <see cref="LabelledImages"/> and <see cref="TensorDataset"/> are two; derive from this class for data that lies elsewhere or is made on the fly.
/// A row has one or more fields, each of which becomes a tensor with the batch as its first axis.
/// </remarks>
public abstract class Dataset
{
    /// <summary>States how many rows there are and what each is made of.</summary>
    /// <param name="count">The number of rows; at least 0.</param>
    /// <param name="fields">The fields, in the order in which a batch is taken apart; at least one.</param>
    /// <exception cref="ArgumentException">There is no field, or the count is negative.</exception>
    protected Dataset(int count, params ReadOnlySpan<BatchField> fields)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (fields.IsEmpty)
        {
            throw new ArgumentException(
                "Cannot make a dataset: expected at least one field; found none. Pass a BatchField for every tensor of a batch.", nameof(fields));
        }
        Count = count;
        Fields = fields.ToArray();
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The fields of a row.</summary>
    public IReadOnlyList<BatchField> Fields { get; }

    /// <summary>Writes one field of some rows, one row after the other, in row-major order.</summary>
    /// <remarks>Called off the training thread where the loader prefetches, by one thread at a time. What it writes may depend on its arguments
    /// alone, else runs do not repeat.</remarks>
    /// <param name="field">The index in <see cref="Fields"/>.</param>
    /// <param name="rows">Which rows, each from 0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">Memory of exactly that many rows of the field's type; its content is undefined before. <c>MemoryMarshal.Cast</c>
    /// makes floats of it.</param>
    public abstract void Fill(int field, ReadOnlySpan<int> rows, Span<byte> destination);
}
