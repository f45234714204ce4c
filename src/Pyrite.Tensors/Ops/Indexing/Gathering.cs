using Pyrite.Ops.Indexing;
using Pyrite.Ops.Lanes;

namespace Pyrite;

/// <summary>Reading and writing at places that index tensors name, element by element.</summary>
public static class Gathering
{
    extension(Tensor x)
    {
        /// <summary>One element a position of the index tensor: result[i, j] = x[index[i, j], j] for axis 0.</summary>
        /// <param name="index">Int64 of the rank of x; other axes are as long as those of x, shorter, or 1 and broadcast where x's are longer than 1
        /// and <paramref name="broadcast"/> is set.</param>
        /// <param name="axis">The axis along which positions count.</param>
        /// <param name="broadcast">Whether axes other than <paramref name="axis"/> broadcast; otherwise shorter ones read the beginning of x.</param>
        /// <returns>The shape of the index (broadcast).</returns>
        /// <exception cref="ArgumentException">Shapes do not fit, or the indices are no Int64.</exception>
        public Tensor TakeAlong(Tensor index, int axis, bool broadcast = false)
        {
            int at = x.Shape.Axis(axis);
            if (broadcast)
            {
                Shape common = Shape.Broadcast(x.Shape.Replace(at, 1), index.Shape.Replace(at, 1));
                return x.BroadcastTo(common.Replace(at, x.Shape[at])).TakeAlong(index.BroadcastTo(common.Replace(at, index.Shape[at])), at);
            }
            Tensor part = x.Beginning("take along", index, at);
            return GatherOperation.Of(LaneBlocks.Of(part, [at]), LaneBlocks.Of(index, [at])).Reshape(index.Shape);
        }

        /// <summary>x plus the source, added at the positions that the index tensor names; repeats add up in order.</summary>
        /// <param name="index">Int64, of the shape of the source.</param>
        /// <param name="source">What to add; no axis longer than that of x except <paramref name="axis"/>.</param>
        /// <param name="axis">The axis along which positions count.</param>
        public Tensor ScatterAdd(Tensor index, Tensor source, int axis) => x + x.Scattered("scatter add", index, source, axis);

        /// <summary>x with elements replaced at the positions that the index tensor names; of repeats the last one stays.</summary>
        /// <param name="index">Int64, of the shape of the source.</param>
        /// <param name="source">The new elements.</param>
        /// <param name="axis">The axis along which positions count.</param>
        public Tensor Scatter(Tensor index, Tensor source, int axis)
        {
            // Only the last writer of a place counts: its rank among the writers decides.
            Tensor order = (Tensor.Range(index.Count) + 1).Reshape(index.Shape);
            Tensor last = LastWriters.Of(x.Shape, index, order, x.Shape.Axis(axis));
            Tensor writes = last.TakeAlong(index, axis).EqualTo(order);
            Tensor kept = Tensor.Where(last > 0, 0.0, x);
            return kept + kept.Scattered("scatter", index, Tensor.Where(writes, source, 0.0), axis);
        }

        /// <summary>x plus slices of the source, added at the positions of the axis that a vector names; repeats add up in order.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="index">An Int64 vector, one position a slice.</param>
        /// <param name="source">The shape of x with the axis as long as the index.</param>
        public Tensor IndexAdd(int axis, Tensor index, Tensor source)
        {
            int at = x.Shape.Axis(axis);
            if (index.Rank != 1 || source.Shape != x.Shape.Replace(at, index.Count))
            {
                throw new ArgumentException(
                    $"index add: an index vector and a source of shape {x.Shape.Replace(at, index.Count)} are needed for x of shape {x.Shape}, "
                        + $"axis {axis}; found index {index.Shape} and source {source.Shape}.", nameof(source));
            }
            return x + TakeGradientOperation.Of(source.To(x.DType), index, at, x.Shape);
        }

        /// <summary>x with the elements that the entries name replaced by values (broadcast); of repeats the last one stays.</summary>
        public Tensor Replace(Tensor values, params ReadOnlySpan<TensorIndex> entries)
        {
            (Tensor positions, Tensor source) = x.Named(values, entries);
            return x.Reshape(-1).Scatter(positions, source, 0).Reshape(x.Shape);
        }

        /// <summary>x with values (broadcast) added at the elements that the entries name; repeats add up.</summary>
        public Tensor Accumulate(Tensor values, params ReadOnlySpan<TensorIndex> entries)
        {
            (Tensor positions, Tensor source) = x.Named(values, entries);
            return x.Reshape(-1).ScatterAdd(positions, source, 0).Reshape(x.Shape);
        }

        /// <summary>x with a number wherever the mask is true; there the gradient is 0.</summary>
        /// <param name="mask">Bool; broadcasts with x.</param>
        /// <param name="value">The number.</param>
        public Tensor MaskedFill(Tensor mask, double value) => Tensor.Where(mask, value, x);

        private (Tensor Positions, Tensor Source) Named(Tensor values, ReadOnlySpan<TensorIndex> entries)
        {
            Tensor places = TensorIndexer.Of(Tensor.Range(x.Count).Reshape(x.Shape), entries);
            return (places.Reshape(-1), values.To(x.DType).BroadcastTo(places.Shape).Reshape(-1));
        }

        private Tensor Scattered(string operation, Tensor index, Tensor source, int axis)
        {
            int at = x.Shape.Axis(axis);
            if (source.Shape != index.Shape)
            {
                throw new ArgumentException($"{operation}: the source must have the shape of the index; found {source.Shape} and {index.Shape}.",
                    nameof(source));
            }
            Shape reached = index.Shape.Replace(at, x.Shape[at]);
            x.Beginning(operation, index, at);
            Shape blocks = [checked((int)reached[..at].Count), reached[at], checked((int)reached[(at + 1)..].Count)];
            Tensor sum = ScatterAddOperation.Of(LaneBlocks.Of(source.To(x.DType), [at]), LaneBlocks.Of(index, [at]), blocks).Reshape(reached);
            for (int other = 0; other < x.Rank; other++)
            {
                sum = sum.Shape[other] == x.Shape[other] ? sum : Lengthened(sum, other, x.Shape[other]);
            }
            return sum;
        }

        private Tensor Beginning(string operation, Tensor index, int axis)
        {
            if (index.DType != DType.Int64 || index.Rank != x.Rank)
            {
                throw new ArgumentException(
                    $"{operation}: the index must be Int64 with {x.Rank} axes, as x of shape {x.Shape}; found {index.DType} of shape {index.Shape}.",
                        nameof(index));
            }
            Tensor part = x;
            for (int other = 0; other < x.Rank; other++)
            {
                if (other != axis && index.Shape[other] != x.Shape[other])
                {
                    part = index.Shape[other] < x.Shape[other]
                        ? part.Slice(other, 0, index.Shape[other])
                        : throw new ArgumentException(
                            $"{operation}: axis {other} of the index (shape {index.Shape}) is longer than that of x (shape {x.Shape}).",
                                nameof(index));
                }
            }
            return part;
        }
    }

    /// <summary>An axis made longer by zeros at its end.</summary>
    private static Tensor Lengthened(Tensor x, int axis, int size) =>
        Tensor.Concat([x, Tensor.Full(x.Shape.Replace(axis, size - x.Shape[axis]), 0, x.DType)], axis);
}
