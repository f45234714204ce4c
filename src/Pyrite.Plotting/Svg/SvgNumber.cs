using System.Globalization;

namespace Pyrite.Plotting.Svg;

/// <summary>Numbers as SVG writes them: a point, at most two decimals, no exponent.</summary>
internal static class SvgNumber
{
    public static string Format(double value)
    {
        double rounded = Math.Round(value, 2);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }
}
