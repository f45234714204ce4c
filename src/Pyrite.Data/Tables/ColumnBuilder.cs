namespace Pyrite.Tables;

/// <summary>Takes the cells of a column one by one.</summary>
internal abstract class ColumnBuilder
{
    private readonly List<int> absent = [];

    /// <summary>The number of rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the next cell; false if its text is not of this kind.</summary>
    public bool TryAdd(ReadOnlySpan<char> text)
    {
        if (!TryAddValue(text))
        {
            return false;
        }
        Count++;
        return true;
    }

    /// <summary>Takes a cell whose value is missing.</summary>
    public void AddMissing()
    {
        absent.Add(Count++);
        AddDefault();
    }

    /// <summary>The column.</summary>
    public abstract Column Build(string name);

    /// <summary>Keeps the value of a text.</summary>
    protected abstract bool TryAddValue(ReadOnlySpan<char> text);

    /// <summary>Keeps any value.</summary>
    protected abstract void AddDefault();

    /// <summary>Which rows are missing; null for none.</summary>
    protected bool[]? Absent()
    {
        if (absent.Count == 0)
        {
            return null;
        }
        bool[] flags = new bool[Count];
        absent.ForEach(row => flags[row] = true);
        return flags;
    }

    /// <summary>Goes on where another builder stands: the same rows are missing.</summary>
    protected void Follow(ColumnBuilder earlier)
    {
        Count = earlier.Count;
        absent.AddRange(earlier.absent);
    }
}
