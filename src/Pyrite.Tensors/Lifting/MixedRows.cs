namespace Pyrite;

/// <summary>Rows of a hidden axis that an operation has let meet, where giving each row an axis of its own would take too much memory.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Plate">The plate of the rows.</param>
/// <param name="Operation">The operation.</param>
public sealed record MixedRows(HiddenAxis Axis, string Plate, string Operation)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
