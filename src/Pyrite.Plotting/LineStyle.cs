namespace Pyrite.Plotting;

/// <summary>How a line is drawn.</summary>
public enum LineStyle
{
    /// <summary>One unbroken line.</summary>
    Solid,

    /// <summary>Long dashes.</summary>
    Dashed,

    /// <summary>Dots.</summary>
    Dotted,
}
