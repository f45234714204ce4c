using System.Globalization;

namespace Pyrite.Tables;

/// <summary>A column of numbers.</summary>
internal sealed class NumberBuilder(NumberFormatInfo format) : ColumnBuilder
{
    private readonly GrowingArray<double> values = new();

    /// <summary>Goes on as numbers where whole numbers stood.</summary>
    public NumberBuilder(NumberFormatInfo format, IntegerBuilder integers)
        : this(format)
    {
        Follow(integers);
        foreach (long value in integers.Take())
        {
            values.Add(value);
        }
    }

    /// <summary>Whether a text is a number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, NumberFormatInfo format, out double value)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = double.NaN;
        if (text.IsEmpty)
        {
            return false;
        }
        if (text[0] is (>= '0' and <= '9') or '-' or '+' or '.' or ',' && double.TryParse(text, Styles, format, out value))
        {
            return true;
        }
        ReadOnlySpan<char> size = text[0] is '-' or '+' ? text[1..] : text;
        value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return size.Equals("inf", StringComparison.OrdinalIgnoreCase) || size.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }

    public override Column Build(string name) => new(name, ColumnKind.Number, new Cells<double>(values.ToArray(value => value), Absent()));

    protected override bool TryAddValue(ReadOnlySpan<char> text)
    {
        if (!TryParse(text, format, out double value))
        {
            return false;
        }
        values.Add(value);
        return true;
    }

    protected override void AddDefault() => values.Add(double.NaN);
}
