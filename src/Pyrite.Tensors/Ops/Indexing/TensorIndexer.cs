using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Indexing;

/// <summary>The indexer of tensors, by NumPy's rules.</summary>
/// <remarks>Positions, ranges and new axes make one strided copy; arrays of positions follow as a gather. Index arrays broadcast; if they stand side
/// by side their axes take that place, else they come first; beside arrays a single position counts as an array.</remarks>
internal static class TensorIndexer
{
    /// <summary>The elements that the entries name.</summary>
    public static Tensor Of(Tensor x, ReadOnlySpan<TensorIndex> entries)
    {
        List<TensorIndex> full = Complete(x.Shape, entries);
        bool hasArrays = full.Exists(entry => entry.Array is not null);
        List<AxisWalk> walks = [];
        List<int> sizes = [];
        List<(int Axis, Tensor Positions)> arrays = [];
        int source = 0;
        foreach (TensorIndex entry in full)
        {
            if (entry.IsNewAxis)
            {
                sizes.Add(1);
            }
            else if (entry.IsRange)
            {
                walks.Add(Walk(x.Shape, source++, entry));
                sizes.Add(walks[^1].Count);
            }
            else if (entry.IsPosition && !hasArrays)
            {
                walks.Add(new AxisWalk(source, Position(x.Shape, source, entry.Position), 1, 1));
                source++;
            }
            else
            {
                foreach (Tensor positions in Positions(x.Shape, source, entry))
                {
                    arrays.Add((sizes.Count, positions));
                    walks.Add(new AxisWalk(source, 0, 1, x.Shape[source]));
                    sizes.Add(x.Shape[source++]);
                }
            }
        }
        Tensor view = IsWhole(walks, x.Shape) ? x : StridedCopyOperation.Of("index", x, walks.ToArray());
        view = view.Reshape(Shape.Create(sizes.ToArray()));
        return arrays.Count == 0 ? view : Gather(view, arrays);
    }

    /// <summary>The position, from 0, of each named element in the row-major order of the shape.</summary>
    public static Tensor FlatPositions(Shape shape, ReadOnlySpan<TensorIndex> entries) =>
        Of(Tensor.Range(checked((int)shape.Count)).Reshape(shape), entries).Reshape(-1);

    private static List<TensorIndex> Complete(Shape shape, ReadOnlySpan<TensorIndex> entries)
    {
        int used = 0;
        int ellipses = 0;
        foreach (TensorIndex entry in entries)
        {
            used += entry.Axes;
            ellipses += entry.IsEllipsis ? 1 : 0;
        }
        if (used > shape.Rank || ellipses > 1)
        {
            throw new ArgumentException(
                $"index: shape {shape} has {shape.Rank} axes; the entries name {used} axes and {ellipses} ellipses. Name at most {shape.Rank} axes "
                    + "and one ellipsis.", nameof(entries));
        }
        List<TensorIndex> full = [];
        foreach (TensorIndex entry in entries)
        {
            if (!entry.IsEllipsis)
            {
                full.Add(entry);
                continue;
            }
            AddWhole(full, shape.Rank - used);
        }
        AddWhole(full, ellipses == 1 ? 0 : shape.Rank - used);
        return full;
    }

    private static void AddWhole(List<TensorIndex> full, int count)
    {
        for (int i = 0; i < count; i++)
        {
            full.Add(Range.All);
        }
    }

    private static AxisWalk Walk(Shape shape, int axis, TensorIndex entry)
    {
        int size = shape[axis];
        int start = Math.Clamp(entry.Range.Start.GetOffset(size), 0, size);
        int end = Math.Clamp(entry.Range.End.GetOffset(size), start, size);
        int span = end - start;
        int stride = Math.Abs(entry.Step);
        return new AxisWalk(axis, entry.Step > 0 ? start : Math.Max(0, end - 1), entry.Step, (span + stride - 1) / stride);
    }

    private static int Position(Shape shape, int axis, Index position)
    {
        int offset = position.GetOffset(shape[axis]);
        return (uint)offset < (uint)shape[axis]
            ? offset
            : throw new ArgumentOutOfRangeException(nameof(position),
                $"index: position {position} is outside axis {axis} of shape {shape}; use {-shape[axis]} to {shape[axis] - 1}.");
    }

    private static IReadOnlyList<Tensor> Positions(Shape shape, int axis, TensorIndex entry)
    {
        if (entry.IsPosition)
        {
            return [Tensor.Full(Shape.Scalar, Position(shape, axis, entry.Position), DType.Int64)];
        }
        Tensor array = entry.Array!;
        if (array.DType != DType.Bool)
        {
            return [array];
        }
        return array.Rank > 0 && array.Shape == shape[axis..(axis + array.Rank)]
            ? array.NonZeroPositions()
            : throw new ArgumentException(
                $"index: a mask of shape {array.Shape} does not fit axes {axis} to {axis + array.Rank - 1} of shape {shape}; their sizes must "
                    + "agree.");
    }

    private static bool IsWhole(List<AxisWalk> walks, Shape shape)
    {
        for (int axis = 0; axis < walks.Count; axis++)
        {
            if (walks[axis] != new AxisWalk(axis, 0, 1, shape[axis]))
            {
                return false;
            }
        }
        return true;
    }

    private static Tensor Gather(Tensor x, List<(int Axis, Tensor Positions)> arrays)
    {
        if (arrays.Count == 1)
        {
            return x.Take(arrays[0].Positions, arrays[0].Axis);
        }
        List<int> order = [];
        List<int> sizes = [];
        List<Tensor> positions = [];
        foreach ((int axis, Tensor array) in arrays)
        {
            order.Add(axis);
            sizes.Add(x.Shape[axis]);
            positions.Add(array);
        }
        bool adjacent = order[^1] - order[0] == order.Count - 1;
        int first = order[0];
        for (int axis = 0; axis < x.Rank; axis++)
        {
            if (!order.Contains(axis))
            {
                order.Add(axis);
            }
        }
        Tensor front = x.Permute(order.ToArray());
        Shape rest = front.Shape[arrays.Count..];
        Shape indexed = Shape.Create(sizes.ToArray());
        Tensor linear = LinearIndexOperation.Of(indexed, positions);
        Tensor taken = front.Reshape([checked((int)indexed.Count), .. rest.Sizes]).Take(linear);
        return adjacent && first > 0 ? taken.MoveBlock(linear.Rank, first) : taken;
    }

    /// <summary>The first <paramref name="count"/> axes moved behind the next <paramref name="places"/> axes.</summary>
    private static Tensor MoveBlock(this Tensor x, int count, int places)
    {
        int[] axes = new int[x.Rank];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = i < places ? count + i : i < places + count ? i - places : i;
        }
        return x.Permute(axes);
    }
}
