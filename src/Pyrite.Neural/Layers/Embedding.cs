namespace Pyrite;

/// <summary>A table that turns integers into learnt vectors.</summary>
/// <remarks>Int64 indices of any shape to that shape + [dimension]. Rows start standard Normal.</remarks>
public sealed class Embedding : Module
{
    private readonly int? paddingIndex;

    /// <summary>A table of so many rows.</summary>
    /// <param name="count">Number of rows: indices are 0 … count - 1.</param>
    /// <param name="dimension">Size of a row.</param>
    /// <param name="paddingIndex">A row that stands for "nothing": it starts at zero and is never trained; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the padding row does not exist.</exception>
    public Embedding(int count, int dimension, int? paddingIndex = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (paddingIndex is { } row && (row < 0 || row >= count))
        {
            throw new ArgumentOutOfRangeException(nameof(paddingIndex), row, $"The padding row must be one of the {count} rows.");
        }
        this.paddingIndex = paddingIndex;
        Weight = AddParameter("weight", [count, dimension], new((key, shape) =>
        {
            Tensor rows = key.Normal(shape);
            return paddingIndex is { } empty ? Tensor.Where(IsPadding(Tensor.Range(count), empty), 0.0, rows) : rows;
        }));
    }

    /// <summary>The rows, [count, dimension].</summary>
    public Parameter Weight { get; }

    /// <summary>The rows that the indices name.</summary>
    /// <param name="indices">Integers of any shape, each from 0 to count - 1: -1 names no row.</param>
    /// <exception cref="ArgumentException">The indices are no integers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index names no row.</exception>
    public Tensor Forward(Tensor indices)
    {
        return Weight.Value.Embedding(indices, paddingIndex);
    }

    private static Tensor IsPadding(Tensor indices, int row) => indices.EqualTo(row).Unsqueeze(-1);
}
