using System.Globalization;

namespace Pyrite.Tables;

/// <summary>A column of whole numbers.</summary>
internal sealed class IntegerBuilder : ColumnBuilder
{
    private const long LargestExact = 1L << 53;

    private readonly GrowingArray<long> values = new();

    /// <summary>Whether all values so far are the same as numbers.</summary>
    public bool AreExactNumbers { get; private set; } = true;

    /// <summary>Whether a text is a whole number; one of digits that begins with 0 is a code, not a number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        return !(text.Length > 1 && text[0] == '0') && long.TryParse(text, NumberStyles.AllowLeadingSign, NumberFormatInfo.InvariantInfo, out value);
    }

    public override Column Build(string name) => new(name, ColumnKind.Integer, new Cells<long>(Take(), Absent()));

    /// <summary>The values, which are forgotten.</summary>
    public long[] Take() => values.ToArray(value => value);

    protected override bool TryAddValue(ReadOnlySpan<char> text)
    {
        if (!TryParse(text, out long value))
        {
            return false;
        }
        AreExactNumbers &= value is >= -LargestExact and <= LargestExact;
        values.Add(value);
        return true;
    }

    protected override void AddDefault() => values.Add(0);
}
