namespace Pyrite.Checks;

/// <summary>Places of a process: the rows of a matrix.</summary>
internal static class Places
{
    /// <summary>Places as rows [.., n, columns] of floating-point numbers; [n] is one column.</summary>
    public static Tensor Of(Tensor x)
    {
        if (x.Rank == 0)
        {
            throw new ArgumentException("Places of a process are rows [n, columns], or [n] for one column; found a single number. Write "
                + "Tensor.From([x]).");
        }
        Tensor rows = x.Rank == 1 ? x.Unsqueeze(-1) : x;
        return rows.DType.IsFloatingPoint ? rows : rows.To(DType.Float64);
    }

    /// <summary>The same in double precision, in which covariances are factored.</summary>
    public static Tensor Wide(Tensor x) => Of(x).To(DType.Float64);

    /// <summary>A row as messages show it.</summary>
    public static string Row(ReadOnlySpan<double> values, int columns, int row)
    {
        List<string> shown = [];
        foreach (double value in values.Slice(row * columns, columns))
        {
            shown.Add(ParameterCheck.Number(value));
        }
        return columns == 1 ? shown[0] : $"[{string.Join(", ", shown)}]";
    }
}
