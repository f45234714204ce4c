using System.Globalization;

namespace Pyrite.Language.Sites;

/// <summary>Where a number stands in an array, as text.</summary>
internal static class EntryIndex
{
    /// <summary>The index of a number of a draw as text: "2" or "0,3"; empty for a scalar.</summary>
    public static string Text(Shape shape, int flat, int first, char separator)
    {
        string text = "";
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            int size = shape.Sizes[axis];
            string index = ((flat % size) + first).ToString(CultureInfo.InvariantCulture);
            text = text.Length == 0 ? index : index + separator + text;
            flat /= size;
        }
        return text;
    }
}
