using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Indexing;
using Pyrite.Ops.Products;
using Pyrite.Ops.Reductions;

namespace Pyrite.Lifting;

/// <summary>Where the rows of inputs stand in the result of an operation, and which rows it lets meet.</summary>
/// <param name="spec">The result.</param>
/// <param name="inputs">The inputs, for their shapes.</param>
/// <param name="values">What stands behind the lifted ones.</param>
internal readonly ref struct RowRules(TensorSpec spec, ReadOnlySpan<Tensor> inputs, LiftedValue?[] values)
{
    private readonly ReadOnlySpan<Tensor> inputs = inputs;

    /// <summary>The rows that meet, whose operation is to be done for each row by itself.</summary>
    public HashSet<RowMark> Broken { get; } = [];

    /// <summary>Whether any of the values has rows.</summary>
    public static bool Concern(LiftedValue?[] values) => Array.Exists(values, value => value?.Rows is { IsMarked: true });

    /// <summary>The places of rows in the result; null where no input has rows.</summary>
    public RowMap? Of<TOperation>(in TOperation operation)
        where TOperation : struct, IOperation
    {
        if (!Concern(values))
        {
            return null;
        }
        Shape result = spec.Shape;
        RowMap?[] rows = Array.ConvertAll(values, value => value?.Rows);
        switch (operation)
        {
            case IAliasOperation when operation.Name == "reshape":
                return rows[0]!.Reshaped(result, Broken);
            case StridedCopyOperation copy:
                return Copied(rows[0]!, copy.Walks, result);
            case SumOperation sum:
                return Reduced(rows[0]!.Reshaped([sum.Outer, sum.Reduced, sum.Inner], Broken), result);
            case TakeOperation take:
                return Taken(take.Axis, rows[0], rows[1]);
            case GatherOperation:
                Break(rows[0], 1);
                return RowMap.Aligned(result, [rows[0]?.Changed(1, result[1]), rows[1]], Broken);
            case MatMulOperation product:
                return Product(product, rows);
            case Tensor.ConcatOperation concat:
                return Joined(concat.Axis, rows);
        }
        if (LiftedRules.IsLane<TOperation>())
        {
            Break(rows[0], 1);
            return RowMap.Aligned(result, [rows[0]?.Changed(1, result[1])], Broken);
        }
        if (LiftedRules.IsElementwise(operation, spec, inputs))
        {
            return RowMap.Aligned(result, rows, Broken);
        }
        return LeadingAxes(operation, rows);
    }

    /// <summary>An operation each of whose entries along the first axes depends on the same entry of its inputs.</summary>
    private RowMap LeadingAxes<TOperation>(in TOperation operation, RowMap?[] rows)
        where TOperation : struct, IOperation
    {
        Shape result = spec.Shape;
        bool isBatch = operation is IBatchOperation<TOperation> batch && result.Rank > 0 && result[0] > 1
            && batch.ForBatch(2 * result[0], result[0]) is not null;
        int leading = operation is IVaryingOperation ? result.Rank
            : operation.EntryRank is { } rank ? Math.Max(0, result.Rank - rank)
            : isBatch ? 1
            : 0;
        RowMap?[] parts = new RowMap?[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] is not { IsMarked: true } map)
            {
                continue;
            }
            Shape shape = inputs[i].Shape;
            bool has = shape.Rank >= leading && shape[..leading] == result[..leading] && (operation.EntryRank is not null || !isBatch || i == 0);
            for (int axis = has ? leading : 0; axis < shape.Rank; axis++)
            {
                Break(map, axis);
            }
            if (has)
            {
                parts[i] = new RowMap([.. map.Axes.Take(leading), .. result.Skip(leading).Select(size => new[] { RowAtom.Plain(size) })]);
            }
        }
        return RowMap.Aligned(result, parts, Broken);
    }

    private RowMap Joined(int axis, RowMap?[] rows)
    {
        foreach (RowMap? map in rows)
        {
            Break(map, axis);
        }
        int size = spec.Shape[axis];
        return RowMap.Aligned(spec.Shape, rows.Select(map => map?.Changed(axis, size)), Broken);
    }

    private RowMap Copied(RowMap source, AxisWalk[] walks, Shape result)
    {
        RowAtom[][] axes = new RowAtom[walks.Length][];
        HashSet<int> seen = [];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            AxisWalk walk = walks[axis];
            axes[axis] = [RowAtom.Plain(result[axis])];
            if (walk.Source < 0 || !RowMap.IsMarkedAxis(source.Axes[walk.Source]))
            {
                continue;
            }
            if (walk == new AxisWalk(walk.Source, 0, 1, inputs[0].Shape[walk.Source]) && seen.Add(walk.Source))
            {
                axes[axis] = source.Axes[walk.Source];
            }
            else
            {
                Break(source, walk.Source);
            }
        }
        return new RowMap(axes);
    }

    private RowMap Reduced(RowMap blocks, Shape result)
    {
        Break(blocks, 1);
        return new RowMap([blocks.Axes[0], blocks.Axes[2]]).Reshaped(result, Broken);
    }

    private RowMap Taken(int axis, RowMap? source, RowMap? index)
    {
        Break(source, axis);
        source ??= RowMap.Plain(inputs[0].Shape);
        index ??= RowMap.Plain(inputs[1].Shape);
        return new RowMap([.. source.Axes[..axis], .. index.Axes, .. source.Axes[(axis + 1)..]]);
    }

    private RowMap Product(MatMulOperation product, RowMap?[] rows)
    {
        Shape result = spec.Shape;
        List<RowMap?> parts = [Factor(rows[0], product.TransposeA ? -2 : -1, result, isLeft: true),
            Factor(rows[1], product.TransposeB ? -1 : -2, result, isLeft: false)];
        if (rows.Length > 2)
        {
            parts.Add(rows[2]);
        }
        return RowMap.Aligned(result, parts, Broken);
    }

    /// <summary>A factor's rows or columns at their place in the product.</summary>
    private RowMap? Factor(RowMap? map, int summed, Shape result, bool isLeft)
    {
        if (map is not { IsMarked: true })
        {
            return null;
        }
        Break(map, map.Axes.Length + summed);
        RowAtom[] kept = map.Axes[^(summed == -1 ? 2 : 1)];
        RowAtom[] none = [RowAtom.Plain(isLeft ? result[^1] : result[^2])];
        return new RowMap([.. map.Axes[..^2], isLeft ? kept : none, isLeft ? none : kept]);
    }

    private void Break(RowMap? map, int axis) => Break(map, axis, Broken);

    private static void Break(RowMap? map, int axis, HashSet<RowMark> broken)
    {
        if (map is not null)
        {
            broken.UnionWith(map.At(axis));
        }
    }
}
