using Pyrite.Engine;
using Pyrite.Ops.Conditions;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Indexing;
using Pyrite.Ops.Lanes;
using Pyrite.Ops.Products;
using Pyrite.Ops.Reductions;

namespace Pyrite.Lifting;

/// <summary>How operations run on lifted tensors: those listed here at once for all values, all others once for each value and stacked.</summary>
/// <remarks>Every rule gives what the stack of slices would; the tests compare them over the catalogue of operations.</remarks>
internal static class LiftedRules
{
    /// <summary>What element-wise operations take; larger ranks are broadcast beforehand.</summary>
    private const int MostAxes = 16;

    /// <summary>Whether an operation works along the middle one of three axes.</summary>
    public static bool IsLane<TOperation>() => IsLane(typeof(TOperation));

    /// <summary>Whether a recorded operation runs at once for all values.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="spec">What its result looks like for one value.</param>
    /// <param name="inputs">The shapes of its inputs.</param>
    public static bool Has(object operation, in TensorSpec spec, Shape[] inputs)
    {
        Shape shape = spec.Shape;
        return operation is StridedCopyOperation or SumOperation or TakeOperation or GatherOperation or MatMulOperation or Tensor.ConcatOperation
            or IStackedOperation or IElementwiseOperation or ElementTestOperation or LinearIndexOperation or AllTrueOperation
            or AllAdmittedOperation or LowerCholeskyOperation
            || (operation is IAliasOperation { Name: "reshape" })
            || IsLane(operation.GetType())
            || (operation is IOperation { EntryRank: 0 } and not IVaryingOperation && Array.TrueForAll(inputs, input => input == shape));
    }

    /// <summary>Whether each element of the result depends on the elements at its place alone.</summary>
    public static bool IsElementwise<TOperation>(in TOperation operation, TensorSpec spec, ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        if (operation is IElementwiseOperation or ElementTestOperation or LinearIndexOperation)
        {
            return true;
        }
        if (operation is IVaryingOperation || operation.EntryRank != 0)
        {
            return false;
        }
        foreach (Tensor input in inputs)
        {
            if (input.Shape != spec.Shape)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether the result is one verdict about all elements, which is the same for all values.</summary>
    public static bool IsVerdict<TOperation>(in TOperation operation) =>
        operation is AllTrueOperation or AllAdmittedOperation or LowerCholeskyOperation;

    /// <summary>The numbers of the result; null where the operation has no rule.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="spec">What the result looks like for one value.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="values">What stands behind the lifted ones.</param>
    /// <param name="axes">The hidden axes of the result.</param>
    public static Tensor? Of<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, LiftedValue?[] values,
        HiddenAxis[] axes)
        where TOperation : struct, IOperation
    {
        Shape hidden = LiftedValue.HiddenShapeOf(axes);
        int count = checked((int)hidden.Count);
        switch (operation)
        {
            case IAliasOperation when operation.Name == "reshape":
                return Reshaped(values[0]!, inputs[0].Shape, spec.Shape);
            case StridedCopyOperation copy:
                return Copied(copy, values[0]!, inputs[0].Shape);
            case SumOperation sum:
                return Summed(sum, spec, values[0]!.Full(inputs[0].Shape), hidden);
            case TakeOperation take:
                return Taken(take.Axis, spec.Shape, inputs, values, axes);
            case GatherOperation:
                Tensor source = Whole(inputs[0], values[0], axes), index = Whole(inputs[1], values[1], axes);
                return GatherOperation.Of(Blocks(source, count, inputs[0].Shape), Blocks(index, count, inputs[1].Shape)).Reshape(hidden + spec.Shape);
            case MatMulOperation product:
                return Product(product, spec.Shape.Rank, inputs, values, axes);
            case Tensor.ConcatOperation concat:
                return Joined(concat.Axis, inputs, values, axes);
            case IStackedOperation:
                return Executor.Apply(operation, new TensorSpec(hidden + spec.Shape, spec.DType), values[0]!.Full(inputs[0].Shape));
        }
        if (IsLane<TOperation>())
        {
            Tensor blocks = Blocks(values[0]!.Full(inputs[0].Shape), count, inputs[0].Shape);
            TensorSpec all = new([count * spec.Shape[0], spec.Shape[1], spec.Shape[2]], spec.DType);
            return Executor.Apply(operation, all, blocks).Reshape(hidden + spec.Shape);
        }
        return IsElementwise(operation, spec, inputs) ? Elementwise(operation, spec, inputs, values, axes) : null;
    }

    /// <summary>A tensor with all hidden axes in front, and its whole shape.</summary>
    public static Tensor Whole(Tensor input, LiftedValue? value, HiddenAxis[] axes)
    {
        Tensor source = value is null ? input.In(Layout.RowMajor) : value.Aligned(axes, input.Rank);
        return source.BroadcastTo(LiftedValue.HiddenShapeOf(axes) + input.Shape);
    }

    private static Tensor Summed(SumOperation sum, in TensorSpec spec, Tensor x, Shape hidden)
    {
        int count = checked((int)hidden.Count);
        SumOperation all = new(count * sum.Outer, sum.Reduced, sum.Inner);
        Tensor blocks = x.Reshape(all.Outer, all.Reduced, all.Inner);
        return Executor.Apply(all, new TensorSpec([all.Outer, all.Inner], spec.DType), blocks).Reshape(hidden + spec.Shape);
    }

    private static Tensor Joined(int axis, ReadOnlySpan<Tensor> inputs, LiftedValue?[] values, HiddenAxis[] axes)
    {
        Tensor[] parts = new Tensor[inputs.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Whole(inputs[i], values[i], axes);
        }
        return Tensor.Concat(parts, axes.Length + axis);
    }

    private static Tensor Blocks(Tensor x, int count, Shape blocks) => x.Reshape(count * blocks[0], blocks[1], blocks[2]);

    private static Tensor Elementwise<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, LiftedValue?[] values,
        HiddenAxis[] axes)
        where TOperation : struct, IOperation
    {
        Tensor[] parts = new Tensor[inputs.Length];
        Shape shape = Shape.Scalar;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = values[i] is { } value ? value.Aligned(axes, spec.Shape.Rank) : inputs[i].In(Layout.RowMajor);
            shape = Shape.Broadcast(shape, parts[i].Shape);
        }
        bool broadcasts = shape.Rank <= MostAxes && IsBroadcasting<TOperation>();
        for (int i = 0; i < parts.Length && !broadcasts; i++)
        {
            // A single number serves for all where it did so for one value.
            bool serves = inputs[i].Rank == 0 && values[i] is null && spec.Shape.Rank > 0 && operation is IElementwiseOperation;
            parts[i] = serves ? parts[i] : parts[i].BroadcastTo(shape);
        }
        return Executor.Apply(operation, new TensorSpec(shape, spec.DType), parts);
    }

    private static bool IsLane(Type operation) => operation == typeof(ColumnLogSumOperation)
        || (operation.IsGenericType && operation.GetGenericTypeDefinition() is { } definition
            && (definition == typeof(LaneOperation<>) || definition == typeof(LaneIndexOperation<>)));

    private static bool IsBroadcasting<TOperation>() =>
        typeof(TOperation).IsGenericType && typeof(TOperation).GetGenericTypeDefinition() is { } definition
            && (definition == typeof(Zip<>) || definition == typeof(Compare<>));

    private static Tensor Reshaped(LiftedValue value, Shape from, Shape to)
    {
        Shape own = value.Numbers.Shape[value.Axes.Length..];
        if (own.Count == 1)
        {
            // The same for all places, whatever their shape.
            return value.Numbers.Reshape([.. value.HiddenShape, .. Enumerable.Repeat(1, to.Rank)]);
        }
        return value.Full(from).Reshape(value.HiddenShape + to);
    }

    private static Tensor Copied(StridedCopyOperation copy, LiftedValue value, Shape from)
    {
        AxisWalk[] walks = copy.Walks;
        int hidden = value.Axes.Length;
        Shape own = value.Numbers.Shape[hidden..];
        if (own.Count == 1)
        {
            // The same at all places, wherever they go.
            return value.Numbers.Reshape([.. value.HiddenShape, .. Enumerable.Repeat(1, walks.Length)]);
        }
        if (copy.IsBroadcast(from))
        {
            return value.Aligned(value.Axes, walks.Length);
        }
        List<AxisWalk> all = [];
        for (int axis = 0; axis < hidden; axis++)
        {
            all.Add(new AxisWalk(axis, 0, 1, value.Axes[axis].Size));
        }
        foreach (AxisWalk walk in walks)
        {
            all.Add(walk.Source < 0 ? walk : walk with { Source = walk.Source + hidden });
        }
        return StridedCopyOperation.Of(copy.Name, value.Full(from), all.ToArray());
    }

    private static Tensor Taken(int axis, Shape result, ReadOnlySpan<Tensor> inputs, LiftedValue?[] values, HiddenAxis[] axes)
    {
        (LiftedValue? source, LiftedValue? index) = (values[0], values[1]);
        if (index is null)
        {
            return source!.Full(inputs[0].Shape).Take(inputs[1].In(Layout.RowMajor), source.Axes.Length + axis);
        }
        if (source is not null && source.Axes.Intersect(index.Axes).Any())
        {
            return TakenFromEach(axis, result, inputs, values, axes);
        }
        // [hidden axes of the source, axes before, hidden axes of the index, axes of the index, axes behind]
        Tensor whole = source is null ? inputs[0].In(Layout.RowMajor) : source.Full(inputs[0].Shape);
        HiddenAxis[] outer = source?.Axes ?? [];
        Tensor taken = whole.Take(index.Numbers, outer.Length + axis);
        List<(HiddenAxis Axis, int Place)> hidden = [.. outer.Select((a, i) => (a, i)), .. index.Axes.Select((a, i) => (a, outer.Length + axis + i))];
        int[] order = [.. hidden.OrderBy(entry => entry.Axis.Number).Select(entry => entry.Place)];
        order = [.. order, .. Enumerable.Range(0, taken.Rank).Except(order)];
        return order.SequenceEqual(Enumerable.Range(0, order.Length)) ? taken : taken.Permute(order);
    }

    /// <summary>Each value takes places of its own from what is its own.</summary>
    private static Tensor TakenFromEach(int axis, Shape result, ReadOnlySpan<Tensor> inputs, LiftedValue?[] values, HiddenAxis[] axes)
    {
        Shape shape = inputs[0].Shape, hidden = LiftedValue.HiddenShapeOf(axes);
        int count = checked((int)hidden.Count), places = checked((int)inputs[1].Shape.Count);
        int outer = checked((int)shape[..axis].Count), inner = checked((int)shape[(axis + 1)..].Count);
        Tensor blocks = Whole(inputs[0], values[0], axes).Reshape(count * outer, shape[axis], inner);
        Tensor own = Whole(inputs[1], values[1], axes).Reshape(count, 1, places, 1).BroadcastTo([count, outer, places, inner]);
        return GatherOperation.Of(blocks, own.Reshape(count * outer, places, inner)).Reshape(hidden + result);
    }

    private static Tensor Product(MatMulOperation product, int rank, ReadOnlySpan<Tensor> inputs, LiftedValue?[] values, HiddenAxis[] axes)
    {
        Tensor a = Factor(inputs[0], values[0], axes, rank), b = Factor(inputs[1], values[1], axes, rank), result;
        if (values[1] is null && inputs[0].Rank == 2 && inputs[1].Rank == 2 && !product.TransposeA)
        {
            // One matrix for all values: all rows at once.
            Tensor rows = MatMulOperation.Of(a.Reshape(-1, a.Shape[^1]), b, null, false, product.TransposeB);
            result = rows.Reshape(a.Shape[..^1] + [rows.Shape[^1]]);
        }
        else
        {
            result = MatMulOperation.Of(a, b, null, product.TransposeA, product.TransposeB);
        }
        if (inputs.Length > 2)
        {
            Tensor bias = values[2] is { } lifted ? lifted.Aligned(axes, inputs[2].Rank + 1) : inputs[2];
            result += bias;
        }
        return result.BroadcastTo(LiftedValue.HiddenShapeOf(axes) + result.Shape[axes.Length..]);
    }

    /// <summary>A factor with hidden axes among the axes of its batch.</summary>
    private static Tensor Factor(Tensor input, LiftedValue? value, HiddenAxis[] axes, int rank) => value is null
        ? input.In(Layout.RowMajor)
        : new LiftedValue(value.Full(input.Shape), value.Axes, null).Aligned(axes, rank);
}
