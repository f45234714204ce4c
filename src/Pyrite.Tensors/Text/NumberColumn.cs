using System.Globalization;

namespace Pyrite.Text;

/// <summary>Numbers as text of one width, by NumPy's rules: the fewest digits that tell them apart, at most eight after the point.</summary>
internal sealed class NumberColumn
{
    private const int Precision = 8;
    private const double LargestPlain = 1e8;
    private const double SmallestPlain = 1e-4;
    private const double LargestRatio = 1000;

    private readonly bool isSingle;
    private readonly bool isScientific;
    private readonly int fraction;
    private readonly int width;

    private NumberColumn(List<double> shown, bool isSingle)
    {
        this.isSingle = isSingle;
        double[] magnitudes = [.. shown.Where(double.IsFinite).Select(Math.Abs).Where(value => value != 0)];
        if (magnitudes.Length > 0)
        {
            double largest = magnitudes.Max();
            double smallest = magnitudes.Min();
            isScientific = largest >= LargestPlain || smallest < SmallestPlain || largest / smallest > LargestRatio;
        }
        foreach (double value in shown.Where(double.IsFinite))
        {
            fraction = Math.Max(fraction, Mantissa(value).Fraction.Length);
        }
        foreach (double value in shown)
        {
            width = Math.Max(width, Text(value).Length);
        }
    }

    /// <summary>The format of reals that stand in one column.</summary>
    public static Func<double, string> OfReals(List<double> shown, bool isSingle)
    {
        NumberColumn column = new(shown, isSingle);
        return value => column.Text(value).PadLeft(column.width);
    }

    /// <summary>A number on its own: the fewest digits that identify it.</summary>
    public static string Alone(double value, bool isSingle)
    {
        if (!double.IsFinite(value))
        {
            return NotFinite(value);
        }
        double magnitude = Math.Abs(value);
        if (magnitude != 0 && (magnitude < SmallestPlain || magnitude >= 1e16))
        {
            (string whole, string digits, int exponent) = Scientific(Shortest(value, isSingle));
            return $"{whole}{(digits.Length > 0 ? "." + digits : string.Empty)}{Exponent(exponent)}";
        }
        string text = Plain(value, isSingle);
        return text.Contains('.') ? text : text + ".0";
    }

    private static string NotFinite(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    private static string Exponent(int exponent) => $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";

    private static string Shortest(double value, bool isSingle) =>
        isSingle ? ((float)value).ToString("R", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The fewest digits, without an exponent.</summary>
    private static string Plain(double value, bool isSingle)
    {
        string shortest = Shortest(value, isSingle);
        return shortest.Contains('E')
            ? ((decimal)double.Parse(shortest, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)
            : shortest;
    }

    /// <summary>Splits the fewest digits into one digit, the rest and an exponent of ten.</summary>
    private static (string Whole, string Fraction, int Exponent) Scientific(string shortest)
    {
        string sign = shortest.StartsWith('-') ? "-" : string.Empty;
        string[] parts = shortest[sign.Length..].Split('E');
        string[] mantissa = parts[0].Split('.');
        int exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) + mantissa[0].Length - 1;
        string digits = string.Concat(mantissa);
        int zeros = digits.Length - digits.TrimStart('0').Length;
        if (zeros == digits.Length)
        {
            return (sign + "0", string.Empty, 0);
        }
        return (sign + digits[zeros], digits[(zeros + 1)..].TrimEnd('0'), exponent - zeros);
    }

    private (string Whole, string Fraction, int Exponent) Mantissa(double value)
    {
        if (isScientific)
        {
            (string Whole, string Fraction, int Exponent) parts = Scientific(Shortest(value, isSingle));
            return parts.Fraction.Length <= Precision ? parts : Scientific(value.ToString("E8", CultureInfo.InvariantCulture));
        }
        string[] plain = Plain(value, isSingle).Split('.');
        if (plain.Length > 1 && plain[1].Length > Precision)
        {
            plain = value.ToString("F8", CultureInfo.InvariantCulture).Split('.');
        }
        return (plain[0], plain.Length > 1 ? plain[1].TrimEnd('0') : string.Empty, 0);
    }

    private string Text(double value)
    {
        if (!double.IsFinite(value))
        {
            return NotFinite(value);
        }
        (string whole, string digits, int exponent) = Mantissa(value);
        return isScientific ? $"{whole}.{digits.PadRight(fraction, '0')}{Exponent(exponent)}" : $"{whole}.{digits.PadRight(fraction)}";
    }
}
