namespace Pyrite.Conversion;

/// <summary>Tells of what cannot become a table.</summary>
internal static class Fault
{
    /// <summary>Reads a file, and says of which one a failure speaks.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it should be, such as "an Arrow file".</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="InvalidDataException">It cannot be read as such a file.</exception>
    public static Table InFile(string path, string kind, Func<Table> read)
    {
        try
        {
            return read();
        }
        catch (ColumnTypeException refusal)
        {
            throw new InvalidDataException($"Cannot read \"{path}\": {refusal.Message}", refusal);
        }
        catch (Exception fault) when (fault is not (FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException))
        {
            // The libraries that read these formats answer damaged bytes with exceptions of any kind.
            throw new InvalidDataException($"Cannot read \"{path}\": expected {kind}; found one that cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Converts what is in memory.</summary>
    /// <exception cref="InvalidDataException">A column is of a type that tables do not have.</exception>
    public static Table InMemory(Func<Table> convert)
    {
        try
        {
            return convert();
        }
        catch (ColumnTypeException refusal)
        {
            throw new InvalidDataException($"Cannot make a table: {refusal.Message}", refusal);
        }
    }
}
