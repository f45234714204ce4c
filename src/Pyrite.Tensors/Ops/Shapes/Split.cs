using Pyrite.Text;

namespace Pyrite;

/// <content>Pieces of an axis.</content>
public static partial class Repetition
{
    extension(Tensor x)
    {
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
    }
}
