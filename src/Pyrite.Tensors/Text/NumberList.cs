using System.Globalization;

namespace Pyrite.Text;

/// <summary>Numbers one after the other as text, the same in every culture; <c>string.Join</c> would write them in the culture of the
/// thread.</summary>
internal static class NumberList
{
    /// <summary>The numbers with <paramref name="separator"/> between them.</summary>
    public static string Text<T>(IEnumerable<T> numbers, string separator = ", ")
        where T : IFormattable => string.Join(separator, numbers.Select(number => number.ToString(null, CultureInfo.InvariantCulture)));
}
