namespace Pyrite;

/// <summary>Triangles and diagonals of matrices.</summary>
public static partial class Diagonals
{
    extension(Tensor x)
    {
        /// <summary>A diagonal of the matrices that two axes span, as a new last axis.</summary>
        /// <param name="offset">0 the main one, positive ones above, negative ones below.</param>
        /// <param name="rows">The axis of rows.</param>
        /// <param name="columns">The axis of columns.</param>
        public Tensor Diagonal(int offset = 0, int rows = -2, int columns = -1)
        {
            int row = x.Shape.Axis(rows);
            int column = x.Shape.Axis(columns);
            int[] order = [.. Enumerable.Range(0, x.Rank).Where(axis => axis != row && axis != column), row, column];
            Tensor matrices = order.SequenceEqual(Enumerable.Range(0, x.Rank)) ? x : x.Permute(order);
            (int height, int width) = (x.Shape[row], x.Shape[column]);
            long[] positions = Positions(height, width, offset);
            Shape batch = matrices.Shape[..^2];
            return matrices.Reshape(batch + [checked(height * width)]).Take(Tensor.From(positions), -1);
        }

        /// <summary>Square matrices with the last axis on a diagonal and zeros elsewhere.</summary>
        /// <param name="offset">0 the main one, positive ones above, negative ones below.</param>
        public Tensor DiagonalEmbed(int offset = 0)
        {
            int size = x.Shape[^1] + Math.Abs(offset);
            long[] positions = Positions(size, size, offset);
            Shape batch = x.Shape[..^1];
            return Tensor.Zeros(batch + [checked(size * size)], x.DType).IndexAdd(-1, Tensor.From(positions), x).Reshape(batch + [size, size]);
        }

        /// <summary>The sum of the main diagonal of the last two axes.</summary>
        public Tensor Trace() => x.Diagonal().Sum(-1);
    }

    private static long[] Positions(int rows, int columns, int offset)
    {
        int row = Math.Max(0, -offset);
        int column = Math.Max(0, offset);
        int count = Math.Max(0, Math.Min(rows - row, columns - column));
        long[] positions = new long[count];
        for (int i = 0; i < count; i++)
        {
            positions[i] = ((long)(row + i) * columns) + column + i;
        }
        return positions;
    }
}
