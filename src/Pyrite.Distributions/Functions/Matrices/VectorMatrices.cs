namespace Pyrite.Functions.Matrices;

/// <summary>Between vectors of entries and lower-triangular matrices.</summary>
internal static class VectorMatrices
{
    extension(Tensor x)
    {
        /// <summary>The matrix whose entries below the diagonal, row by row, and then on it are given.</summary>
        public Tensor ToLowerMatrix(int size) => Spread(x, size, withDiagonal: true);

        /// <summary>The matrix whose entries below the diagonal, row by row, are given; 0 elsewhere.</summary>
        public Tensor ToStrictlyLowerMatrix(int size) => Spread(x, size, withDiagonal: false);

        /// <summary>The entries below the diagonal of matrices, row by row.</summary>
        public Tensor BelowDiagonal()
        {
            int size = x.Shape[^1];
            List<long> positions = [];
            for (int row = 1; row < size; row++)
            {
                for (int column = 0; column < row; column++)
                {
                    positions.Add((row * size) + column);
                }
            }
            return x.Reshape(x.Shape[..^2] + [size * size]).Take(Tensor.From(positions.ToArray()), -1);
        }
    }

    /// <summary>n for a vector of n (n + 1) / 2 entries.</summary>
    public static int SizeWithDiagonal(int length) => Size(length, length, 1);

    /// <summary>n for a vector of n (n - 1) / 2 entries.</summary>
    public static int SizeBelowDiagonal(int length) => Size(length, length, -1);

    /// <summary>The shape of matrices made from vectors.</summary>
    public static Shape MatrixShape(Shape vectors, int size) => vectors[..^1] + [size, size];

    private static int Size(int length, int given, int sign)
    {
        int size = (int)Math.Round((Math.Sqrt((8.0 * length) + 1) - sign) / 2);
        return size * (size + sign) / 2 == length
            ? size
            : throw new ArgumentException(
                $"A vector of {given} entries fills no lower-triangular matrix; n (n {(sign > 0 ? "+" : "-")} 1) / 2 entries are needed, for "
                    + $"example {size * (size + sign) / 2}.");
    }

    private static Tensor Spread(Tensor x, int size, bool withDiagonal)
    {
        int below = size * (size - 1) / 2;
        int nothing = x.Shape[^1];
        long[] positions = new long[size * size];
        int next = 0;
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                positions[(row * size) + column] = column < row ? next++ : column == row && withDiagonal ? below + row : nothing;
            }
        }
        Tensor padded = Tensor.Concat([x, Tensor.Zeros(x.Shape[..^1] + [1], x.DType)], -1);
        return padded.Take(Tensor.From<long>(positions, [size, size]), -1);
    }
}
