namespace Pyrite.Lifting;

/// <summary>The numbers behind a lifted tensor.</summary>
/// <param name="Numbers">[.. sizes of the hidden axes, .. axes of the tensor], row-major; an axis of the tensor may have size 1 where all its
/// entries are the same.</param>
/// <param name="Axes">The hidden axes in the order of their numbers.</param>
/// <param name="Rows">Which places are rows of which axis; null where no axis has rows.</param>
/// <param name="Mixed">Rows that have met in an operation, so that the numbers are no use; null for none.</param>
internal sealed record LiftedValue(Tensor Numbers, HiddenAxis[] Axes, RowMap? Rows, MixedRows? Mixed = null)
{
    /// <summary>The sizes of the hidden axes.</summary>
    public Shape HiddenShape => HiddenShapeOf(Axes);

    /// <summary>All numbers, with the tensor's whole shape.</summary>
    public Tensor Full(Shape shape) => Numbers.BroadcastTo(HiddenShape + shape);

    /// <summary>The numbers with other hidden axes (of size 1 where this has none) and a rank of the tensor's own axes.</summary>
    public Tensor Aligned(HiddenAxis[] union, int rank)
    {
        int own = Numbers.Rank - Axes.Length;
        if (own == rank && union.AsSpan().SequenceEqual(Axes))
        {
            return Numbers;
        }
        int[] sizes = new int[union.Length + rank];
        Array.Fill(sizes, 1);
        for (int i = 0; i < union.Length; i++)
        {
            sizes[i] = Array.IndexOf(Axes, union[i]) < 0 ? 1 : union[i].Size;
        }
        for (int i = 0; i < own; i++)
        {
            sizes[sizes.Length - own + i] = Numbers.Shape[Axes.Length + i];
        }
        return Numbers.Reshape(Shape.Create(sizes));
    }

    /// <summary>The numbers with the last axis of the tensor as a hidden one.</summary>
    /// <param name="axis">The hidden axis, which is not among those of the value.</param>
    /// <param name="from">The tensor's rank.</param>
    /// <param name="rank">The rank of the result, at least as large but for the axis.</param>
    public LiftedValue WithLast(HiddenAxis axis, int from, int rank)
    {
        Tensor numbers = Aligned(Axes, from);
        if (numbers.Shape[^1] != axis.Size)
        {
            numbers = numbers.BroadcastTo([.. numbers.Shape[..^1], axis.Size]);
        }
        Shape kept = numbers.Shape[Axes.Length..^1];
        int at = 0, last = numbers.Rank - 1;
        while (at < Axes.Length && Axes[at].Number < axis.Number)
        {
            at++;
        }
        HiddenAxis[] axes = [.. Axes[..at], axis, .. Axes[at..]];
        if (numbers.Shape[at..last].Count > 1)
        {
            numbers = numbers.Permute([.. Enumerable.Range(0, at), last, .. Enumerable.Range(at, last - at)]);
        }
        Shape own = [.. Enumerable.Repeat(1, rank - (from - 1)), .. kept];
        return new LiftedValue(numbers.Reshape(HiddenShapeOf(axes) + own), axes, null);
    }

    public static Shape HiddenShapeOf(HiddenAxis[] axes) => Shape.Create(Array.ConvertAll(axes, axis => axis.Size));

    /// <summary>The axes of several values, each once, in order.</summary>
    public static HiddenAxis[] Union(ReadOnlySpan<LiftedValue?> values)
    {
        HiddenAxis[] union = [];
        foreach (LiftedValue? value in values)
        {
            if (value is null || value.Axes == union || value.Axes.AsSpan().SequenceEqual(union))
            {
                continue;
            }
            union = union.Length == 0 ? value.Axes : [.. union.Union(value.Axes).OrderBy(axis => axis.Number)];
        }
        return union;
    }
}
