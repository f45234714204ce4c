namespace Pyrite.Plotting;

/// <summary>How values are laid along an axis.</summary>
public enum AxisScale
{
    /// <summary>Equal differences take equal lengths.</summary>
    Linear,

    /// <summary>Equal ratios take equal lengths; values at or below zero cannot be drawn and are left out.</summary>
    Logarithmic,
}
