namespace Pyrite;

/// <summary>An axis of a tensor whose entries are independent rows: those of a plate.</summary>
/// <param name="Plate">The plate's name.</param>
/// <param name="Dimension">The place of the axis, counted from the right: -1 is the last.</param>
/// <param name="Size">How many rows there are.</param>
public readonly record struct RowAxis(string Plate, int Dimension, int Size)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
