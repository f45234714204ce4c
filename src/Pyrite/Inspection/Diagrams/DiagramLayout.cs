namespace Pyrite.Inspection.Diagrams;

/// <summary>Finds a place for every node, box and arrow of a diagram, box by box from the inside out.</summary>
internal sealed class DiagramLayout
{
    public const double NameSize = 14;
    public const double CaptionSize = 11;

    private const double BoxPadding = 16;
    private const double LabelHeight = 20;

    private readonly DiagramItem root = new();
    private readonly Dictionary<string, DiagramItem> byName = [];
    private readonly Dictionary<DiagramItem, LayeredBox> placed = [];

    public DiagramLayout(IReadOnlyList<DiagramNode> nodes, IReadOnlyList<DiagramEdge> edges)
    {
        foreach (DiagramNode node in nodes)
        {
            AddNode(node);
        }
        Place(root, edges);
        (Width, Height) = (root.Width, root.Height);
        Nodes = [.. nodes.Select(n => new PlacedNode(n, byName[n.Name].Area))];
        Boxes = [.. BoxesInside(root).Select(b => new PlacedBox(b.Label!, b.Area))];
        Edges = [.. edges.Distinct().Where(e => e.From != e.To).Select(Route)];
    }

    public double Width { get; }

    public double Height { get; }

    public PlacedNode[] Nodes { get; }

    /// <summary>The boxes, outer ones first.</summary>
    public PlacedBox[] Boxes { get; }

    public PlacedEdge[] Edges { get; }

    private void AddNode(DiagramNode node)
    {
        DiagramItem box = root;
        foreach (string label in node.Boxes)
        {
            DiagramItem? inner = box.Children.Find(c => c.Label == label);
            if (inner is null)
            {
                inner = new DiagramItem { Label = label, Parent = box };
                box.Children.Add(inner);
            }
            box = inner;
        }
        double text = Math.Max(TextWidth.Of(node.Name, NameSize), TextWidth.Of(node.Caption, CaptionSize));
        DiagramItem item = new()
        {
            Node = node,
            Parent = box,
            Width = node.Style == DiagramNodeStyle.Plain ? text + 8 : text + 34,
            Height = node.Caption.Length == 0 ? 32 : 46,
        };
        box.Children.Add(item);
        byName.Add(node.Name, item);
    }

    private void Place(DiagramItem box, IReadOnlyList<DiagramEdge> edges)
    {
        foreach (DiagramItem child in box.Children)
        {
            if (child.Node is null)
            {
                Place(child, edges);
            }
        }
        LayeredBox layered =
            new(box, edges.SelectMany(e => Stretches(byName[e.From], byName[e.To])).Where(s => s.Box == box).Select(s => (s.From, s.To)));
        placed.Add(box, layered);
        bool isBox = box.Label is not null;
        double label = isBox ? TextWidth.Of(box.Label!, CaptionSize) + 16 : 0;
        double padding = isBox ? BoxPadding : 0;
        double width = Math.Max(layered.Width + (2 * padding), label);
        double shift = 0.5 * (width - layered.Width);
        foreach (DiagramItem child in box.Children)
        {
            child.X += shift;
            child.Y += padding;
        }
        foreach (DiagramItem bend in layered.AllBends)
        {
            bend.X += shift;
            bend.Y += padding;
        }
        box.Width = width;
        box.Height = layered.Height + (2 * padding) + (isBox ? LabelHeight : 0);
    }

    /// <summary>The innermost box around two nodes, and the children of it in which they lie.</summary>
    private static (DiagramItem Box, DiagramItem From, DiagramItem To) Meeting(DiagramItem from, DiagramItem to)
    {
        while (from.Parent != to.Parent)
        {
            if (from.Depth >= to.Depth)
            {
                from = from.Parent!;
            }
            else
            {
                to = to.Parent!;
            }
        }
        return (from.Parent!, from, to);
    }

    /// <summary>The parts of an arrow box by box, from its start to its end: out of the boxes around the start, across, and into those around the
    /// end.</summary>
    private static List<(DiagramItem Box, DiagramItem? From, DiagramItem? To)> Stretches(DiagramItem from, DiagramItem to)
    {
        List<(DiagramItem Box, DiagramItem? From, DiagramItem? To)> stretches = [];
        if (from == to)
        {
            return stretches;
        }
        (DiagramItem box, DiagramItem upper, DiagramItem lower) = Meeting(from, to);
        for (DiagramItem item = from; item != upper; item = item.Parent!)
        {
            stretches.Add((item.Parent!, item, null));
        }
        stretches.Add((box, upper, lower));
        int place = stretches.Count;
        for (DiagramItem item = to; item != lower; item = item.Parent!)
        {
            stretches.Insert(place, (item.Parent!, null, item));
        }
        return stretches;
    }

    private PlacedEdge Route(DiagramEdge edge)
    {
        DiagramItem from = byName[edge.From], to = byName[edge.To];
        DiagramArea start = from.Area, end = to.Area;
        if (start.Bottom >= end.Top)
        {
            return new PlacedEdge(edge.From, edge.To, [Border(start, end), Border(end, start)]);
        }
        List<DiagramPoint> points = [new DiagramPoint(start.CentreX, start.Bottom)];
        foreach ((DiagramItem box, DiagramItem? upper, DiagramItem? lower) in Stretches(from, to))
        {
            foreach (DiagramItem bend in placed[box].Bends(upper, lower))
            {
                points.Add(new DiagramPoint(bend.Area.Left, bend.Area.Top));
                points.Add(new DiagramPoint(bend.Area.Left, bend.Area.Bottom));
            }
        }
        points.Add(new DiagramPoint(end.CentreX, end.Top));
        return new PlacedEdge(edge.From, edge.To, [.. points]);
    }

    /// <summary>Where the line from the middle of a node to that of another one leaves its ellipse.</summary>
    private static DiagramPoint Border(DiagramArea node, DiagramArea other)
    {
        double dx = other.CentreX - node.CentreX, dy = other.CentreY - node.CentreY;
        double reach = Math.Sqrt((4 * dx * dx / (node.Width * node.Width)) + (4 * dy * dy / (node.Height * node.Height)));
        return reach == 0 ? new DiagramPoint(node.CentreX, node.CentreY) : new DiagramPoint(node.CentreX + (dx / reach), node.CentreY + (dy / reach));
    }

    private static IEnumerable<DiagramItem> BoxesInside(DiagramItem box)
    {
        foreach (DiagramItem child in box.Children)
        {
            if (child.Node is null)
            {
                yield return child;
                foreach (DiagramItem inner in BoxesInside(child))
                {
                    yield return inner;
                }
            }
        }
    }
}
