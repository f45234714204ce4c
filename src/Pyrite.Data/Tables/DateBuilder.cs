using System.Globalization;

namespace Pyrite.Tables;

/// <summary>A column of dates as ISO 8601 writes them, with or without a time.</summary>
internal sealed class DateBuilder : ColumnBuilder
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    private readonly GrowingArray<DateTime> values = new();

    public override Column Build(string name) => new(name, ColumnKind.Date, new Cells<DateTime>(values.ToArray(value => value), Absent()));

    protected override bool TryAddValue(ReadOnlySpan<char> text)
    {
        if (!DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTime value))
        {
            return false;
        }
        values.Add(value);
        return true;
    }

    protected override void AddDefault() => values.Add(default);
}
