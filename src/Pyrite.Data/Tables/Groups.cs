namespace Pyrite;

/// <summary>The rows of a table by group: an index for each row, and the names of the groups.</summary>
/// <remarks><c>level.Take(groups.Index)</c> gives each row the level of its group; a plate over the groups has the size
/// <see cref="Count"/>.</remarks>
public sealed class Groups
{
    internal Groups(Tensor index, IReadOnlyList<string> names) => (Index, Names) = (index, names);

    /// <summary>The group of each row, from 0: Int64 of shape [rows].</summary>
    public Tensor Index { get; }

    /// <summary>The groups' names, by index.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of groups.</summary>
    public int Count => Names.Count;
}
