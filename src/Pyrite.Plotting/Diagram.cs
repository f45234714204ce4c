using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Charts;
using Pyrite.Plotting.Diagrams;
using Pyrite.Plotting.Text;

namespace Pyrite.Plotting;

/// <summary>Nodes joined by arrows, some of them in nested boxes; the layout is found by itself.</summary>
/// <remarks>Nodes lie in layers, so that arrows point downwards where they can. Method: the layered drawing of Sugiyama, Tagawa and Toda (1981),
/// applied box by box from the inside out. The picture is as large as the layout; a diagram that must fit a given cell is scaled down.</remarks>
public sealed class Diagram : Picture
{
    private const double Margin = 18;
    private const double ArrowLength = 8;
    private const double LineWidth = 1.3;

    private static readonly Rgb Line = Rgb.Parse("#374151");
    private static readonly Rgb BoxLine = Rgb.Parse("#9ca3af");
    private static readonly Rgb Fill = Rgb.Parse("#d1d5db");

    private readonly DiagramLayout layout;

    /// <summary>Lays out a diagram.</summary>
    /// <param name="nodes">The nodes; earlier ones stand further up and left where nothing else decides.</param>
    /// <param name="edges">The arrows; those that close a circle point upwards.</param>
    /// <param name="title">What the picture is called, for readers that cannot see it.</param>
    /// <exception cref="ArgumentException">Two nodes have one name, or an arrow names a node that does not exist.</exception>
    public Diagram(IReadOnlyList<DiagramNode> nodes, IReadOnlyList<DiagramEdge> edges, string title = "Diagram")
    {
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
        Name = title;
        layout = new DiagramLayout(nodes, edges);
    }

    internal override PictureSize Size => new((int)Math.Ceiling(layout.Width + (2 * Margin)), (int)Math.Ceiling(layout.Height + (2 * Margin)), 2);

    internal override string Name { get; }

    /// <summary>Where everything stands, for tests.</summary>
    internal DiagramLayout Layout => layout;

    internal override void Draw(ICanvas canvas, Rect area)
    {
        double scale = Math.Min(1, Math.Min(area.Width / Size.Width, area.Height / Size.Height));
        var frame = new DiagramFrame(area.CentreX - (0.5 * scale * layout.Width), area.CentreY - (0.5 * scale * layout.Height), scale);
        foreach (PlacedBox box in layout.Boxes)
        {
            Rect outline = frame.Of(box.Area);
            canvas.StrokePath(DiagramShapes.Rectangle(outline, 7 * scale), new Stroke(LineWidth * scale), new Paint(BoxLine));
            canvas.DrawText(box.Label, new CanvasPoint(outline.Right - (8 * scale), outline.Bottom - (8 * scale)), DiagramLayout.CaptionSize * scale,
                ChartStyle.Faint, TextAnchor.End);
        }
        foreach (PlacedEdge edge in layout.Edges)
        {
            DrawEdge(canvas, [.. edge.Points.Select(frame.Of)], scale, $"{edge.From} to {edge.To}");
        }
        foreach (PlacedNode node in layout.Nodes)
        {
            DrawNode(canvas, node.Node, frame.Of(node.Area), scale);
        }
    }

    private static void DrawNode(ICanvas canvas, DiagramNode node, Rect area, double scale)
    {
        canvas.BeginGroup(node.Caption.Length == 0 ? node.Name : $"{node.Name}: {node.Caption}");
        bool isSquare = node.Style is DiagramNodeStyle.Square or DiagramNodeStyle.FilledSquare;
        VectorPath outline = isSquare ? DiagramShapes.Rectangle(area, 2 * scale) : DiagramShapes.Ellipse(area);
        if (node.Style != DiagramNodeStyle.Plain)
        {
            canvas.FillPath(outline, new Paint(node.Style is DiagramNodeStyle.Filled or DiagramNodeStyle.FilledSquare ? Fill : Rgb.White));
            Stroke stroke = new(LineWidth * scale, Dashes: node.Style == DiagramNodeStyle.Dashed ? [4 * scale, 3 * scale] : null);
            canvas.StrokePath(outline, stroke, new Paint(Line));
        }
        double nameSize = DiagramLayout.NameSize * scale;
        if (node.Caption.Length == 0)
        {
            canvas.DrawText(node.Name, new CanvasPoint(area.CentreX, area.CentreY + (0.35 * nameSize)), nameSize, ChartStyle.Text, TextAnchor.Middle,
                bold: true);
        }
        else
        {
            canvas.DrawText(node.Name, new CanvasPoint(area.CentreX, area.CentreY - (1 * scale)), nameSize, ChartStyle.Text, TextAnchor.Middle,
                bold: true);
            canvas.DrawText(node.Caption, new CanvasPoint(area.CentreX, area.CentreY + (13 * scale)), DiagramLayout.CaptionSize * scale,
                ChartStyle.Faint,
                TextAnchor.Middle);
        }
        canvas.EndGroup();
    }

    private static void DrawEdge(ICanvas canvas, CanvasPoint[] points, double scale, string label)
    {
        (CanvasPoint before, CanvasPoint end) = (points[^2], points[^1]);
        double length = ArrowLength * scale;
        bool isCurved = end.Y > points[0].Y;

        // Curves arrive vertically, straight lines in their own direction.
        (double dx, double dy) = isCurved ? (0, 1) : Direction(before, end);
        CanvasPoint neck = new(end.X - (length * dx), end.Y - (length * dy));
        VectorPath line = new VectorPath().MoveTo(points[0].X, points[0].Y);
        for (int i = 1; i < points.Length; i++)
        {
            CanvasPoint start = points[i - 1], stop = i == points.Length - 1 ? neck : points[i];
            if (isCurved)
            {
                double bend = 0.5 * (stop.Y - start.Y);
                line.CurveTo(start with { Y = start.Y + bend }, stop with { Y = stop.Y - bend }, stop);
            }
            else
            {
                line.LineTo(stop.X, stop.Y);
            }
        }
        canvas.StrokePath(line, new Stroke(LineWidth * scale), new Paint(Line), label);
        double half = 0.4 * length;
        canvas.FillPath(
            new VectorPath().MoveTo(end.X, end.Y).LineTo(neck.X - (half * dy), neck.Y + (half * dx))
                .LineTo(neck.X + (half * dy), neck.Y - (half * dx)).Close(), new Paint(Line));
    }

    private static (double X, double Y) Direction(CanvasPoint from, CanvasPoint to)
    {
        double length = Math.Max(1e-9, Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y))));
        return ((to.X - from.X) / length, (to.Y - from.Y) / length);
    }
}
