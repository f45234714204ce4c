namespace Pyrite.Plotting.Charts;

/// <summary>Colours for series and classes that stay apart for readers with colour-vision deficiency and in gray.</summary>
/// <remarks>M. A. Petroff, "Accessible Color Sequences for Data Visualization", arXiv:2107.02270: the sequences of 6 and of 10 colours.</remarks>
internal static class Palette
{
    public const int Count = 10;

    private static readonly Rgb[] Six = Array.ConvertAll(
        (string[])["#5790fc", "#f89c20", "#e42536", "#964a8b", "#9c9ca1", "#7a21dd"], Rgb.Parse);

    private static readonly Rgb[] Ten = Array.ConvertAll(
        (string[])["#3f90da", "#ffa90e", "#bd1f01", "#94a4a2", "#832db6", "#a96b59", "#e76300", "#b9ac70", "#717581", "#92dadd"], Rgb.Parse);

    /// <summary>The colour of one of so many series; after ten they repeat.</summary>
    public static Rgb Color(int index, int count) => count <= Six.Length ? Six[index] : Ten[index % Count];
}
