using System.Globalization;
using Pyrite.Text;

namespace Pyrite;

/// <summary>An axis that shapes do not show: the values of something that is enumerated.</summary>
/// <remarks>Where the enumerated thing has independent rows (the entries of plates), every row has an axis of its own, and all of them are kept as
/// one as long as no operation lets rows meet; see <see cref="Rows"/>. Made by <see cref="LiftingScope.NewAxis"/>.</remarks>
public sealed class HiddenAxis
{
    private readonly Dictionary<string, HiddenAxis> rows = [];
    private readonly LiftingScope scope;

    internal HiddenAxis(LiftingScope scope, string name, int size, IReadOnlyList<RowAxis> rows, int number, HiddenAxis? whole,
        IReadOnlyList<(string Plate, int Row)> fixedRows)
    {
        this.scope = scope;
        Name = name;
        Size = size;
        Rows = rows;
        Number = number;
        Whole = whole ?? this;
        Fixed = fixedRows;
    }

    /// <summary>What is enumerated, for messages.</summary>
    public string Name { get; }

    /// <summary>How many values there are.</summary>
    public int Size { get; }

    /// <summary>The plates whose entries have axes of their own, kept as one.</summary>
    public IReadOnlyList<RowAxis> Rows { get; }

    /// <summary>The axis that this one is a row of; itself if it is none.</summary>
    public HiddenAxis Whole { get; }

    /// <summary>Which row of <see cref="Whole"/> this is; empty if it is the whole.</summary>
    public IReadOnlyList<(string Plate, int Row)> Fixed { get; }

    /// <summary>Axes stand in this order in front of the others.</summary>
    public int Number { get; }

    /// <summary>The axis of one row.</summary>
    /// <param name="plate">One of <see cref="Rows"/>.</param>
    /// <param name="row">Which entry, from 0.</param>
    public HiddenAxis At(string plate, int row)
    {
        (string Plate, int Row)[] taken = [.. Fixed.Append((Plate: plate, Row: row)).OrderBy(entry => entry.Plate, StringComparer.Ordinal)];
        string key = string.Join('\n', taken.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Plate}\t{entry.Row}")));

        // The same row by whichever way: first one plate and then the other, or the other way round.
        if (!Whole.rows.TryGetValue(key, out HiddenAxis? axis))
        {
            axis = scope.RowOf(this, [.. Rows.Where(other => other.Plate != plate)], taken);
            Whole.rows[key] = axis;
        }
        return axis;
    }

    /// <summary>The name, and the row.</summary>
    public override string ToString() =>
        Fixed.Count == 0 ? Name : $"{Name}[{NumberList.Text([.. Fixed.Select(entry => entry.Row)])}]";
}
