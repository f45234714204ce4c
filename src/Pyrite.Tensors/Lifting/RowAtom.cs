namespace Pyrite.Lifting;

/// <summary>A factor of the size of an axis: axes that were merged are several.</summary>
/// <param name="Size">How many places.</param>
/// <param name="Marks">Whose rows they are; empty for none.</param>
internal readonly record struct RowAtom(int Size, RowMark[] Marks)
{
    public bool IsMarked => Marks.Length > 0;

    public static RowAtom Plain(int size) => new(size, []);

    public RowAtom Without(RowMark mark) => Array.IndexOf(Marks, mark) < 0 ? this : new RowAtom(Size, [.. Marks.Where(other => other != mark)]);
}
