namespace Pyrite.Kernels.Emit;

/// <summary>How a constant matrix is laid out so that one pass over it serves products from both sides.</summary>
/// <remarks>Blocks of rows stand one after the other. A block holds its columns one after the other, and a column its rows, eight vectors of them;
/// the last block has as many vectors as its rows need, with zeros below. So everything is read in order and in whole vectors, whatever the number of
/// columns.</remarks>
internal static class MatrixPanels
{
    /// <summary>Vectors of rows in a block.</summary>
    public const int Depth = 8;

    /// <summary>The elements of a laid-out matrix.</summary>
    public static long Count(int rows, int columns, int lanes) => ((long)rows + lanes - 1) / lanes * lanes * columns;

    /// <summary>Lays a matrix out; strides count elements.</summary>
    public static void Pack(ReadOnlySpan<double> matrix, int rows, int columns, int rowStride, int columnStride, int lanes, Span<double> target)
    {
        int at = 0;
        for (int first = 0; first < rows; first += Depth * lanes)
        {
            int filled = Math.Min(Depth * lanes, rows - first);
            int padded = (filled + lanes - 1) / lanes * lanes;
            for (int column = 0; column < columns; column++, at += padded)
            {
                for (int row = 0; row < filled; row++)
                {
                    target[at + row] = matrix[((first + row) * rowStride) + (column * columnStride)];
                }
                target.Slice(at + filled, padded - filled).Clear();
            }
        }
    }
}
