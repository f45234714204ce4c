namespace Pyrite.Inspection.Diagrams;

/// <summary>How wide a line of text is, in a bold sans-serif font.</summary>
internal static class TextWidth
{
    private const int First = 32;
    private const double Unknown = 0.65;
    private const double Wide = 1.04;

    /// <summary>Thousandths of the size from the space to the tilde, in the font Inter SemiBold 4.0.</summary>
    private static readonly short[] Widths =
    [
        248, 309, 396, 643, 649, 844, 663, 213, 393, 393, 543, 673, 295, 466, 290, 379, 667, 481, 621, 652, 666, 632, 648, 587, 646, 648, 290, 295,
        673, 673, 673, 544, 999, 724, 657, 744, 724, 608, 586, 755, 744, 275, 561, 677, 566, 906, 741, 775, 643, 776, 651, 649, 660, 734, 724, 1007,
        690, 705, 653, 393, 379, 393, 481, 468, 497, 575, 630, 577, 630, 593, 377, 625, 613, 261, 261, 569, 261, 898, 610, 608, 625, 625, 397, 549,
        380, 608, 576, 837, 562, 576, 562, 393, 358, 393, 673,
    ];

    /// <summary>The width at a size, in pixels; letters beyond ASCII count as middling ones, those of East Asia as wide ones.</summary>
    public static double Of(string text, double size)
    {
        double width = 0;
        foreach (char letter in text)
        {
            int place = letter - First;
            width += place >= 0 && place < Widths.Length ? 0.001 * Widths[place] : letter >= '\u2E80' ? Wide : Unknown;
        }
        return width * size;
    }
}
