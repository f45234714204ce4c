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

    /// <summary>Writes one field of some rows as they are in an epoch; the same in every epoch unless a data set says otherwise.</summary>
    /// <remarks>What a <see cref="DataLoader"/> calls. Random transforms of images differ by epoch; what is written depends on the arguments
    /// alone.</remarks>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <param name="field">The index in <see cref="Fields"/>.</param>
    /// <param name="rows">Which rows, each from 0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">As for the form without an epoch.</param>
    public virtual void FillInEpoch(int epoch, int field, ReadOnlySpan<int> rows, Span<byte> destination) => Fill(field, rows, destination);

    /// <summary>Some rows in an order of your own; nothing is copied.</summary>
    /// <param name="rows">Each from 0 to <see cref="Count"/> - 1; a row may come more than once.</param>
    /// <returns>A view of this set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Dataset Subset(ReadOnlySpan<int> rows) => new DatasetSubset(this, rows.ToArray());

    /// <summary>A run of rows; nothing is copied.</summary>
    /// <param name="start">The first row to take.</param>
    /// <param name="count">How many to take.</param>
    /// <returns>A view of this set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the set.</exception>
    public virtual Dataset Slice(int start, int count)
    {
        if (start < 0 || count < 0 || start > Count - count)
        {
            throw new ArgumentOutOfRangeException(nameof(start),
                $"Cannot take {count} rows from row {start} on: expected a range within 0 to {Count}. Use a smaller range.");
        }
        return Subset([.. Enumerable.Range(start, count)]);
    }

    /// <summary>Two parts of the rows, chosen at random: one to train with, one to look at.</summary>
    /// <param name="share">How much of the set the first part has, between 0 and 1; rounded to whole rows.</param>
    /// <param name="seed">Which rows; the same seed chooses the same ones on every machine.</param>
    /// <returns>That part and what is left, each in the order of this set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is no number between 0 and 1.</exception>
    public (Dataset First, Dataset Second) Split(double share, ulong seed = 0)
    {
        if (!(share >= 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "Cannot split a data set: expected a share between 0 and 1.");
        }
        int[] order = new int[Count];
        RandomKey.FromSeed(seed).Child("split").Permutation(order);
        int first = (int)Math.Round(share * Count, MidpointRounding.AwayFromZero);
        Array.Sort(order, 0, first);
        Array.Sort(order, first, Count - first);
        return (Subset(order.AsSpan(0, first)), Subset(order.AsSpan(first)));
    }
}
