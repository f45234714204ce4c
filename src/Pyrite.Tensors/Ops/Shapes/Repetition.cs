using System.Runtime.CompilerServices;
using Pyrite.Text;

namespace Pyrite;

/// <summary>Repeats, shifts, pieces and windows.</summary>
public static class Repetition
{
    extension(Tensor x)
    {
        /// <summary>The whole tensor repeated along each axis, counts from the last axis.</summary>
        public Tensor Tile(params int[] counts) => x.Tile((ReadOnlySpan<int>)counts);

        /// <summary>The whole tensor repeated along its axes; missing axes are added in front.</summary>
        /// <param name="counts">How often along each axis, aligned at the last one.</param>
        [OverloadResolutionPriority(1)]
        public Tensor Tile(params ReadOnlySpan<int> counts)
        {
            int rank = Math.Max(counts.Length, x.Rank);
            int[] split = new int[2 * rank];
            int[] repeated = new int[2 * rank];
            int[] merged = new int[rank];
            for (int axis = 0; axis < rank; axis++)
            {
                int own = axis - rank + x.Rank;
                int given = axis - rank + counts.Length;
                int size = own < 0 ? 1 : x.Shape[own];
                int count = given < 0 ? 1 : counts[given];
                (split[2 * axis], split[(2 * axis) + 1]) = (1, size);
                (repeated[2 * axis], repeated[(2 * axis) + 1]) = (count, size);
                merged[axis] = checked(count * size);
            }
            return x.Reshape(split).BroadcastTo(Shape.Create(repeated)).Reshape(merged);
        }

        /// <summary>Each element of an axis several times in a row.</summary>
        public Tensor RepeatEach(int count, int axis)
        {
            int at = x.Shape.Axis(axis);
            Shape shape = x.Shape[..(at + 1)] + [count] + x.Shape[(at + 1)..];
            return x.Unsqueeze(at + 1).BroadcastTo(shape).Reshape(x.Shape.Replace(at, checked(x.Shape[at] * count)));
        }

        /// <summary>The elements of an axis moved on by some places; what leaves the end comes in at the front.</summary>
        public Tensor Roll(int shift, int axis)
        {
            int at = x.Shape.Axis(axis);
            int size = x.Shape[at];
            int cut = size == 0 ? 0 : (((-shift) % size) + size) % size;
            return cut == 0 ? x : Tensor.Concat([x.Slice(at, cut, size - cut), x.Slice(at, 0, cut)], at);
        }

        /// <summary>Pieces of an axis of the given sizes.</summary>
        /// <exception cref="ArgumentException">The sizes do not add up to the axis.</exception>
        public Tensor[] Split(ReadOnlySpan<int> sizes, int axis = 0)
        {
            int at = x.Shape.Axis(axis);
            Tensor[] pieces = new Tensor[sizes.Length];
            int start = 0;
            foreach (int size in sizes)
            {
                start += size;
            }
            if (start != x.Shape[at])
            {
                throw new ArgumentException(
                    $"split: sizes [{NumberList.Text(sizes.ToArray())}] add up to {start}; axis {axis} of shape {x.Shape} has {x.Shape[at]}.",
                        nameof(sizes));
            }
            start = 0;
            for (int i = 0; i < pieces.Length; i++)
            {
                pieces[i] = x.Slice(at, start, sizes[i]);
                start += sizes[i];
            }
            return pieces;
        }

        /// <summary>At most <paramref name="count"/> pieces of equal size along an axis; the last may be smaller.</summary>
        public Tensor[] Chunk(int count, int axis = 0)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
            int size = x.Shape[axis];
            int piece = Math.Max(1, (size + count - 1) / count);
            List<int> sizes = [];
            for (int start = 0; start < size; start += piece)
            {
                sizes.Add(Math.Min(piece, size - start));
            }
            return x.Split(sizes.ToArray(), axis);
        }

        /// <summary>All windows of an axis, moved by a step; the window becomes a new last axis.</summary>
        /// <exception cref="ArgumentException">The axis is shorter than a window.</exception>
        public Tensor Windows(int axis, int size, int step = 1)
        {
            int at = x.Shape.Axis(axis);
            if (size < 1 || step < 1 || size > x.Shape[at])
            {
                throw new ArgumentException($"windows: a window of {size} moved by {step} does not fit axis {axis} of shape {x.Shape}.");
            }
            int count = ((x.Shape[at] - size) / step) + 1;
            long[] positions = new long[count * size];
            for (int i = 0; i < positions.Length; i++)
            {
                positions[i] = ((i / size) * step) + (i % size);
            }
            return x.Take(Tensor.From<long>(positions, [count, size]), at).MoveAxis(at + 1, -1);
        }

        /// <summary>One axis moved to another place; the others keep their order.</summary>
        public Tensor MoveAxis(int from, int to)
        {
            int source = x.Shape.Axis(from);
            int target = x.Shape.Axis(to);
            List<int> order = [.. Enumerable.Range(0, x.Rank).Where(axis => axis != source)];
            order.Insert(target, source);
            return x.Permute(order.ToArray());
        }

        /// <summary>The same elements without any axis of size 1.</summary>
        public Tensor Squeeze() => x.Reshape(Shape.Create([.. x.Shape.Where(size => size != 1)]));
    }
}
