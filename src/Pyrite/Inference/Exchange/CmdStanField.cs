using System.Globalization;
using System.Text;

namespace Pyrite.Inference.Exchange;

/// <summary>A field of a row: a number as any of the programs writes it.</summary>
internal static class CmdStanField
{
    /// <summary>Reads a number; not-a-number and infinity in the spelling of C++, R, Python, JSON and of Microsoft's older runtime.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        text = text.Trim(" \t"u8);
        if (text.Length > 1 && text[0] == '"' && text[^1] == '"')
        {
            text = text[1..^1];
        }
        // Whatever double.TryParse takes beyond this, words for infinity for instance, depends on its own spelling.
        if (text.Length > 0 && (char.IsAsciiDigit((char)text[^1]) || text[^1] == '.') && text.IndexOf((byte)'#') < 0)
        {
            return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out value);
        }
        bool isNegative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<byte> word = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        double? found = Is(word, "inf"u8) || Is(word, "infinity"u8) || word.StartsWith("1.#INF"u8) ? double.PositiveInfinity
            : Is(word, "nan"u8) || Is(word, "na"u8) || Is(word, "na_real_"u8) || Is(word, "nan(ind)"u8) || Is(word, "-nan(ind)"u8)
                || word.StartsWith("1.#IND"u8) || word.StartsWith("1.#QNAN"u8) ? double.NaN
            : null;
        value = found is { } number ? isNegative ? -number : number : 0;
        return found is not null;
    }

    /// <summary>The beginning of a field, for messages.</summary>
    public static string Excerpt(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(40, text.Length)]);

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(word, expected);
}
