namespace Pyrite.Tables;

/// <summary>The values of a column, and which of them are missing.</summary>
internal abstract class Cells(bool[]? absent)
{
    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The number of missing values.</summary>
    public int MissingCount { get; } = absent?.Count(isAbsent => isAbsent) ?? 0;

    /// <summary>Whether the value of a row is missing.</summary>
    public bool IsMissing(int row) => absent is not null && absent[row];

    /// <summary>Some of the rows, in the order of their numbers.</summary>
    public abstract Cells Pick(ReadOnlySpan<int> rows);

    /// <summary>Which of some rows are missing; null for none.</summary>
    protected bool[]? Absent(ReadOnlySpan<int> rows)
    {
        if (absent is null)
        {
            return null;
        }
        bool[] picked = new bool[rows.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = absent[rows[i]];
        }
        return Array.Exists(picked, isAbsent => isAbsent) ? picked : null;
    }
}

/// <summary>Values of one type.</summary>
internal sealed class Cells<T>(T[] values, bool[]? absent) : Cells(absent)
{
    /// <summary>The values; the default one where it is missing.</summary>
    public T[] Values { get; } = values;

    public override int Count => Values.Length;

    public override Cells Pick(ReadOnlySpan<int> rows)
    {
        T[] picked = new T[rows.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = Values[rows[i]];
        }
        return new Cells<T>(picked, Absent(rows));
    }
}
