namespace Pyrite.Inspection.Diagrams;

/// <summary>Something that takes a place in a box: a node, a box of its own, or a bend of an arrow that passes by.</summary>
internal sealed class DiagramItem
{
    /// <summary>The node; null for a box or a bend.</summary>
    public DiagramNode? Node { get; init; }

    /// <summary>The box's text; null for a node, a bend, or the whole diagram.</summary>
    public string? Label { get; init; }

    /// <summary>Whether an arrow passes here, through the whole height of its layer.</summary>
    public bool IsBend { get; init; }

    /// <summary>The box around.</summary>
    public DiagramItem? Parent { get; init; }

    /// <summary>What lies in the box, in the order of first appearance.</summary>
    public List<DiagramItem> Children { get; } = [];

    /// <summary>Which layer of its box it lies in, from the top.</summary>
    public int Layer { get; set; }

    /// <summary>Its place from the left in its layer.</summary>
    public int Order { get; set; }

    /// <summary>Items one layer further up that are joined to it.</summary>
    public List<DiagramItem> Above { get; } = [];

    /// <summary>Items one layer further down that are joined to it.</summary>
    public List<DiagramItem> Below { get; } = [];

    /// <summary>Left edge, inside its parent.</summary>
    public double X { get; set; }

    /// <summary>Top edge, inside its parent.</summary>
    public double Y { get; set; }

    public double Width { get; set; }

    public double Height { get; set; }

    public double CentreX => X + (0.5 * Width);

    /// <summary>The place in the whole diagram.</summary>
    public DiagramArea Area
    {
        get
        {
            (double x, double y) = (X, Y);
            for (DiagramItem? box = Parent; box is not null; box = box.Parent)
            {
                x += box.X;
                y += box.Y;
            }
            return new DiagramArea(x, y, Width, Height);
        }
    }

    /// <summary>How many boxes are around it.</summary>
    public int Depth => Parent is null ? 0 : Parent.Depth + 1;
}
