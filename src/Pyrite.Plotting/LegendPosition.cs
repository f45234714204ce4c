namespace Pyrite.Plotting;

/// <summary>Where a chart's legend stands.</summary>
public enum LegendPosition
{
    /// <summary>In the corner that hides the fewest points; to the right of the plot where there are more than six entries.</summary>
    Automatic,

    /// <summary>Inside the plot, top right.</summary>
    TopRight,

    /// <summary>Inside the plot, top left.</summary>
    TopLeft,

    /// <summary>Inside the plot, bottom right.</summary>
    BottomRight,

    /// <summary>Inside the plot, bottom left.</summary>
    BottomLeft,

    /// <summary>Outside, to the right of the plot.</summary>
    Right,

    /// <summary>No legend.</summary>
    None,
}
