using Pyrite.Ops.Indexing;
using Pyrite.Ops.Lanes;

namespace Pyrite;

/// <summary>Reading and writing at places that index tensors name, element by element.</summary>
public static partial class Gathering
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
}
