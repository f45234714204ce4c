namespace Pyrite;

/// <summary>How a node of a diagram looks.</summary>
public enum DiagramNodeStyle
{
    /// <summary>A white ellipse.</summary>
    Open,

    /// <summary>A gray ellipse.</summary>
    Filled,

    /// <summary>A white ellipse with a dashed border.</summary>
    Dashed,

    /// <summary>A white rectangle.</summary>
    Square,

    /// <summary>A gray rectangle.</summary>
    FilledSquare,

    /// <summary>Text without a border.</summary>
    Plain,
}
