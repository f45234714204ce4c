using System.Text;
using Pyrite.Plotting;

namespace Pyrite.Cells;

/// <summary>Pictures: charts as PNG, which look the same everywhere, graphs as SVG, which stay sharp.</summary>
internal static class PictureCells
{
    public static void Write(CellText text, IPicture picture) => text.Picture("image/png", picture.ToPng(), picture.Width, picture.Name);

    public static void Write(CellText text, Diagram diagram) =>
        text.Picture("image/svg+xml", Encoding.UTF8.GetBytes(diagram.ToSvg()), diagram.Width, diagram.Title);

    public static void Write(CellText text, ModelGraph graph) => Write(text, graph.ToPicture());
}
