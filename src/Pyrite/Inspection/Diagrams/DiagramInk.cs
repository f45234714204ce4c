namespace Pyrite;

/// <summary>How a shape of a diagram looks.</summary>
public enum DiagramInk
{
    /// <summary>White with a dark border.</summary>
    Open,

    /// <summary>Gray with a dark border.</summary>
    Filled,

    /// <summary>White with a dashed dark border.</summary>
    Dashed,

    /// <summary>No filling, and a light border: a box around nodes.</summary>
    Box,
}
