using System.Globalization;

namespace Pyrite.Plotting.Ticks;

/// <summary>Writes numbers as axes show them: the same decimals for all, a proper minus sign, powers of ten where numbers are very large or
/// small.</summary>
internal static class NumberLabels
{
    private const int MostPlainDigits = 6;
    private const string RaisedDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Labels for the numbers <paramref name="multiples"/> x 10^<paramref name="exponent"/>.</summary>
    public static string[] Format(long[] multiples, int exponent)
    {
        int digits = 1;
        foreach (long multiple in multiples)
        {
            digits = Math.Max(digits, Math.Abs(multiple).ToString(CultureInfo.InvariantCulture).Length);
        }

        int leading = exponent + digits - 1;      // the power of ten of the largest number's first digit
        bool isPlain = leading < MostPlainDigits && (exponent >= -MostPlainDigits || digits - exponent > 12) && leading >= -4;
        return Array.ConvertAll(multiples, multiple => isPlain || multiple == 0
            ? Plain(multiple, exponent)
            : $"{Fixed(multiple, digits - 1)}×{PowerOfTen(leading)}");
    }

    /// <summary>A power of ten with a raised exponent: 10⁻³.</summary>
    public static string PowerOfTen(int exponent)
    {
        string raised = exponent < 0 ? "⁻" : "";
        foreach (char digit in Math.Abs(exponent).ToString(CultureInfo.InvariantCulture))
        {
            raised += RaisedDigits[digit - '0'];
        }

        return "10" + raised;
    }

    private static string Plain(long multiple, int exponent)
    {
        if (multiple == 0 || exponent < 0)
        {
            return Fixed(multiple, multiple == 0 && exponent < -MostPlainDigits ? 0 : Math.Max(0, -exponent));
        }

        string digits = Math.Abs(multiple).ToString(CultureInfo.InvariantCulture) + new string('0', exponent);
        return Sign(multiple) + Grouped(digits);
    }

    private static string Fixed(long multiple, int decimals)
    {
        string digits = Math.Abs(multiple).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        string whole = Grouped(digits[..^decimals]);
        return Sign(multiple) + (decimals == 0 ? whole : $"{whole}.{digits[^decimals..]}");
    }

    private static string Sign(long multiple) => multiple < 0 ? "−" : "";

    // Four digits stand without a comma, as years do.
    private static string Grouped(string digits)
    {
        for (int at = digits.Length - 3; digits.Length > 4 && at > 0; at -= 3)
        {
            digits = digits.Insert(at, ",");
        }

        return digits;
    }
}
