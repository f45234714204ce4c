namespace Pyrite.Lifting;

/// <summary>Gives the rows of a hidden axis axes of their own, because they are about to meet.</summary>
internal static class RowsApart
{
    /// <summary>The most numbers that such a tensor may have.</summary>
    private const long MostElements = 1 << 22;

    /// <summary>The value with one axis for each row, or null where that would be too large.</summary>
    /// <param name="value">The value.</param>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="mark">The rows.</param>
    public static LiftedValue? TryOf(LiftedValue value, Shape shape, RowMark mark)
    {
        RowAtom[] atoms = [.. value.Rows!.Axes.SelectMany(axis => axis)];
        int at = Array.FindIndex(atoms, atom => Array.IndexOf(atom.Marks, mark) >= 0);
        int rows = atoms[at].Size, size = mark.Axis.Size;
        HiddenAxis[] others = [.. value.Axes.Where(axis => axis != mark.Axis)];
        double elements = others.Aggregate((double)shape.Count, (product, axis) => product * axis.Size) * Math.Pow(size, rows);
        if (elements > MostElements || Array.FindLastIndex(atoms, atom => Array.IndexOf(atom.Marks, mark) >= 0) != at)
        {
            return null;
        }
        HiddenAxis[] own = [.. Enumerable.Range(0, rows).Select(row => mark.Axis.At(mark.Plate, row))];
        HiddenAxis[] union = [.. others.Concat(own).Distinct().OrderBy(axis => axis.Number)];
        Shape split = Shape.Create(Array.ConvertAll(atoms, atom => atom.Size));
        Tensor whole = value.Full(shape).Reshape(value.HiddenShape + split);
        Tensor[] parts = new Tensor[rows];
        for (int row = 0; row < rows; row++)
        {
            Tensor slice = whole.Slice(value.Axes.Length + at, row, 1);
            int hidden = Array.IndexOf(value.Axes, mark.Axis);
            (Tensor numbers, HiddenAxis[] axes) = Renamed(slice, value.Axes, hidden, own[row]);
            parts[row] =
                new LiftedValue(numbers, axes, null).Aligned(union, split.Rank)
                    .BroadcastTo(LiftedValue.HiddenShapeOf(union) + split.Replace(at, 1));
        }
        Tensor joined = Tensor.Concat(parts, union.Length + at).Reshape(LiftedValue.HiddenShapeOf(union) + shape);
        return new LiftedValue(joined, union, value.Rows.Without(mark).Renamed(mark.Axis, own), value.Mixed);
    }

    /// <summary>A tensor whose hidden axis has another name, at its place in the order; the diagonal where it has that one already.</summary>
    private static (Tensor Numbers, HiddenAxis[] Axes) Renamed(Tensor numbers, HiddenAxis[] axes, int at, HiddenAxis name)
    {
        if (Array.IndexOf(axes, name) is var there && there >= 0)
        {
            Tensor[] slices = new Tensor[name.Size];
            for (int k = 0; k < slices.Length; k++)
            {
                slices[k] = numbers.Slice(at, k, 1).Slice(there, k, 1);
            }
            Tensor diagonal = Tensor.Concat(slices, there);
            return (diagonal.Reshape(diagonal.Shape[..at] + diagonal.Shape[(at + 1)..]), [.. axes.Where((_, i) => i != at)]);
        }
        HiddenAxis[] renamed = [.. axes];
        renamed[at] = name;
        int[] order = [.. Enumerable.Range(0, axes.Length).OrderBy(i => renamed[i].Number)];
        int[] all = [.. order, .. Enumerable.Range(axes.Length, numbers.Rank - axes.Length)];
        Tensor moved = order.SequenceEqual(Enumerable.Range(0, order.Length)) ? numbers : numbers.Permute(all);
        return (moved, [.. order.Select(i => renamed[i])]);
    }
}
