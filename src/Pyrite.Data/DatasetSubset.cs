using System.Buffers;

namespace Pyrite;

/// <summary>Some rows of another set.</summary>
internal sealed class DatasetSubset : Dataset
{
    private readonly Dataset data;
    private readonly int[] chosen;

    public DatasetSubset(Dataset data, int[] chosen)
        : base(chosen.Length, [.. data.Fields])
    {
        int wrong = Array.FindIndex(chosen, row => (uint)row >= (uint)data.Count);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(chosen),
                $"Cannot take row {chosen[wrong]}: expected rows from 0 to {data.Count - 1}; found it at {wrong}.");
        }
        this.data = data;
        this.chosen = chosen;
    }

    /// <inheritdoc/>
    public override void Fill(int field, ReadOnlySpan<int> rows, Span<byte> destination) => FillInEpoch(0, field, rows, destination);

    /// <inheritdoc/>
    public override void FillInEpoch(int epoch, int field, ReadOnlySpan<int> rows, Span<byte> destination)
    {
        int[] own = ArrayPool<int>.Shared.Rent(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            own[i] = chosen[rows[i]];
        }
        data.FillInEpoch(epoch, field, own.AsSpan(0, rows.Length), destination);
        ArrayPool<int>.Shared.Return(own);
    }
}
