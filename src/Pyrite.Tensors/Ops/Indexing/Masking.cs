using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite;

/// <summary>Positions and elements that a condition picks out; the number of results depends on the data.</summary>
public static class Masking
{
    extension(Tensor x)
    {
        /// <summary>Where the elements are not zero: an Int64 tensor [count, rank], one row per element, in row-major order.</summary>
        public Tensor NonZero()
        {
            IReadOnlyList<Tensor> columns = x.NonZeroPositions();
            return columns.Count == 0
                ? Tensor.Zeros([x.Item() != 0 ? 1 : 0, 0], DType.Int64)
                : Tensor.Stack(columns.ToArray(), 1);
        }

        /// <summary>The elements where the mask is true, as a vector in row-major order.</summary>
        /// <param name="mask">Bool, of a shape that broadcasts with x.</param>
        /// <exception cref="ArgumentException">The mask is no Bool tensor, or the shapes do not broadcast.</exception>
        public Tensor MaskedSelect(Tensor mask)
        {
            if (mask.DType != DType.Bool)
            {
                throw new ArgumentException($"masked select: the mask must be Bool; found {mask.DType}. Compare first, for example x > 0.",
                    nameof(mask));
            }
            Shape shape = Shape.Broadcast(x.Shape, mask.Shape);
            return x.BroadcastTo(shape).Reshape(-1)[mask.BroadcastTo(shape).Reshape(-1)];
        }

        /// <summary>One vector of positions an axis.</summary>
        internal IReadOnlyList<Tensor> NonZeroPositions()
        {
            ReadOnlySpan<bool> flags = x.To(DType.Bool).In(Layout.RowMajor).Read<bool>();
            List<long> found = [];
            for (int i = 0; i < flags.Length; i++)
            {
                if (flags[i])
                {
                    found.Add(i);
                }
            }
            int[] strides = Strides.Of(x.Shape);
            Tensor[] columns = new Tensor[x.Rank];
            for (int axis = 0; axis < columns.Length; axis++)
            {
                long[] positions = new long[found.Count];
                for (int i = 0; i < positions.Length; i++)
                {
                    positions[i] = found[i] / strides[axis] % x.Shape[axis];
                }
                columns[axis] = Tensor.From(positions);
            }
            return columns;
        }
    }
}
