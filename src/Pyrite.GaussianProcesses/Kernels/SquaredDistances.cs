namespace Pyrite.Kernels;

/// <summary>Squared scaled distances between pairs of rows.</summary>
internal static class SquaredDistances
{
    /// <summary>Σ ((x - z) / lengthscale)² over the last axis, for rows whose other axes broadcast.</summary>
    public static Tensor Of(string owner, Tensor x, Tensor z, Tensor lengthscale)
    {
        int columns = x.Shape[^1];
        if (z.Shape[^1] != columns)
        {
            throw new ArgumentException($"{owner}: places of {columns} and of {z.Shape[^1]} columns were paired; they must have the same columns.");
        }
        RequireColumns(owner, lengthscale, columns);
        if (lengthscale.Rank == 0)
        {
            return Sum(columns, column => Difference(x, z, column).Square()) / lengthscale.Square();
        }
        return Sum(columns, column => Difference(x, z, column).Square() / Of(lengthscale, column).Square());
    }

    /// <summary>x - z in a column.</summary>
    public static Tensor Difference(Tensor x, Tensor z, int column) => x.Select(-1, column) - z.Select(-1, column);

    /// <summary>The parameter of a column beside matrices; a scalar, and a last axis of size 1, is that of all.</summary>
    public static Tensor Of(Tensor parameter, int column) => parameter.Rank == 0
        ? parameter
        : Kernel.SpreadOver(parameter.Select(-1, parameter.Shape[^1] == 1 ? 0 : column), 2);

    /// <summary>The sum over the columns.</summary>
    public static Tensor Sum(int columns, Func<int, Tensor> term)
    {
        Tensor sum = term(0);
        for (int column = 1; column < columns; column++)
        {
            sum += term(column);
        }
        return sum;
    }

    /// <summary>Fails unless a parameter with a last axis has one number for each column, or one for all.</summary>
    public static void RequireColumns(string owner, Tensor parameter, int columns, string name = "lengthscale")
    {
        if (parameter.Rank > 0 && parameter.Shape[^1] != 1 && parameter.Shape[^1] != columns)
        {
            throw new ArgumentException(
                $"{owner}: {name} of shape {parameter.Shape} has {parameter.Shape[^1]} numbers for {columns} columns; give a scalar for all, or "
                    + $"one for "
                    + "each in the last axis.");
        }
    }
}
