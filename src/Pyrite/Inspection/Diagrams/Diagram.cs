using Pyrite.Inspection.Diagrams;
using Pyrite.Serialization;

namespace Pyrite;

/// <summary>Nodes joined by arrows, some of them in nested boxes; the layout is found by itself.</summary>
/// <remarks>Nodes lie in layers, so that arrows point downwards where they can. Method: the layered drawing of Sugiyama, Tagawa and Toda (1981),
/// applied box by box from the inside out. SVG is written here; with the package Pyrite.Plotting it is also a PNG or PDF file.</remarks>
public sealed class Diagram
{
    private const double Margin = 18;

    /// <summary>Lays out a diagram.</summary>
    /// <param name="nodes">The nodes; earlier ones stand further up and left where nothing else decides.</param>
    /// <param name="edges">The arrows; those that close a circle point upwards.</param>
    /// <param name="title">What the picture is called, for readers that cannot see it.</param>
    /// <exception cref="ArgumentException">Two nodes have one name, or an arrow names a node that does not exist.</exception>
    public Diagram(IReadOnlyList<DiagramNode> nodes, IReadOnlyList<DiagramEdge> edges, string title = "Diagram")
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(title);
        HashSet<string> names = [];
        foreach (DiagramNode node in nodes)
        {
            if (!names.Add(node.Name))
            {
                throw new ArgumentException($"Two nodes are called \"{node.Name}\"; names must be unique.", nameof(nodes));
            }
        }
        foreach (DiagramEdge edge in edges)
        {
            if (!names.Contains(edge.From) || !names.Contains(edge.To))
            {
                throw new ArgumentException($"An arrow leads from \"{edge.From}\" to \"{edge.To}\"; both must be nodes.", nameof(edges));
            }
        }
        Title = title;
        Layout = new DiagramLayout(nodes, edges);
    }

    /// <summary>What the picture is called.</summary>
    public string Title { get; }

    /// <summary>The width of the picture in pixels.</summary>
    public int Width => (int)Math.Ceiling(Layout.Width + (2 * Margin));

    /// <summary>The height of the picture in pixels.</summary>
    public int Height => (int)Math.Ceiling(Layout.Height + (2 * Margin));

    /// <summary>Where everything stands.</summary>
    internal DiagramLayout Layout { get; }

    /// <summary>Draws the diagram, from what lies below to what lies above.</summary>
    /// <param name="painter">What draws.</param>
    public void Draw(IDiagramPainter painter)
    {
        ArgumentNullException.ThrowIfNull(painter);
        foreach (PlacedBox box in Layout.Boxes)
        {
            DiagramArea area = Shifted(box.Area);
            painter.Rectangle(area.Left, area.Top, area.Width, area.Height, 7, DiagramInk.Box);
            painter.Text(box.Label, area.Right - 8, area.Bottom - 8, DiagramLayout.CaptionSize, isName: false, endsAtX: true);
        }
        foreach (PlacedEdge edge in Layout.Edges)
        {
            bool isCurved = edge.Points[^1].Y > edge.Points[0].Y;
            (double, double)[] points = [.. edge.Points.Select(point => (point.X + Margin, point.Y + Margin))];
            painter.Arrow(DiagramArrow.Line(points, isCurved), DiagramArrow.Head(points, isCurved), $"{edge.From} to {edge.To}");
        }
        foreach (PlacedNode node in Layout.Nodes)
        {
            Draw(painter, node.Node, Shifted(node.Area));
        }
    }

    /// <summary>The diagram as an SVG document, readable to screen readers.</summary>
    public string ToSvg()
    {
        SvgDiagramPainter painter = new(Width, Height, Title);
        Draw(painter);
        return painter.ToDocument();
    }

    /// <summary>Writes the diagram to an SVG file (UTF-8), all of it or nothing.</summary>
    /// <param name="path">The file, replaced if there is one; its folder must exist.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public void SaveSvg(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, System.Text.Encoding.UTF8.GetBytes(ToSvg()));
    }

    private static DiagramArea Shifted(DiagramArea area) => area with { Left = area.Left + Margin, Top = area.Top + Margin };

    private static void Draw(IDiagramPainter painter, DiagramNode node, DiagramArea area)
    {
        bool hasCaption = node.Caption.Length > 0;
        painter.BeginGroup(hasCaption ? $"{node.Name}: {node.Caption}" : node.Name);
        DiagramInk ink = node.Style switch
        {
            DiagramNodeStyle.Filled or DiagramNodeStyle.FilledSquare => DiagramInk.Filled,
            DiagramNodeStyle.Dashed => DiagramInk.Dashed,
            _ => DiagramInk.Open,
        };
        if (node.Style is DiagramNodeStyle.Square or DiagramNodeStyle.FilledSquare)
        {
            painter.Rectangle(area.Left, area.Top, area.Width, area.Height, 2, ink);
        }
        else if (node.Style != DiagramNodeStyle.Plain)
        {
            painter.Ellipse(area.Left, area.Top, area.Width, area.Height, ink);
        }
        double baseline = hasCaption ? area.CentreY - 1 : area.CentreY + (0.35 * DiagramLayout.NameSize);
        painter.Text(node.Name, area.CentreX, baseline, DiagramLayout.NameSize, isName: true, endsAtX: false);
        if (hasCaption)
        {
            painter.Text(node.Caption, area.CentreX, area.CentreY + 13, DiagramLayout.CaptionSize, isName: false, endsAtX: false);
        }
        painter.EndGroup();
    }
}
