using System.Globalization;

namespace Pyrite.Language.Sites;

/// <summary>Where a number stands in an array, as text.</summary>
internal static class EntryIndex
{
    /// <summary>The index of a number of a draw as text: "2" or "0,3"; empty for a scalar.</summary>
    /// <param name="shape">The shape of a draw.</param>
    /// <param name="flat">The number's place in it, row-major.</param>
    /// <param name="first">What counting begins with.</param>
    /// <param name="separator">What stands between indices.</param>
    /// <param name="names">Names that stand for numbers, by axis; null, as for an axis, where there are none.</param>
    public static string Text(Shape shape, int flat, int first, char separator, IReadOnlyList<string>?[]? names = null)
    {
        string text = "";
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            int size = shape.Sizes[axis];
            string index = names?[axis]?[flat % size] ?? ((flat % size) + first).ToString(CultureInfo.InvariantCulture);
            text = text.Length == 0 ? index : index + separator + text;
            flat /= size;
        }
        return text;
    }
}
