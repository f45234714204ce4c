using Pyrite.Ops.Indexing;
using Pyrite.Ops.Lanes;

namespace Pyrite;

/// <content>Writing at places that an index tensor names.</content>
public static partial class Gathering
{
    extension(Tensor x)
    {
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
    }

    /// <summary>An axis made longer by zeros at its end.</summary>
    private static Tensor Lengthened(Tensor x, int axis, int size) =>
        Tensor.Concat([x, Tensor.Full(x.Shape.Replace(axis, size - x.Shape[axis]), 0, x.DType)], axis);
}
