namespace Pyrite.Plotting;

/// <summary>Where the legend of a chart stands.</summary>
public enum LegendPlacement
{
    /// <summary>In the emptiest corner, or to the right where there are more than six entries.</summary>
    Automatic,

    /// <summary>To the right of the plot.</summary>
    Right,

    /// <summary>There is none.</summary>
    None,

    /// <summary>As the plot's own <c>Legend</c> says.</summary>
    AsSet,
}
