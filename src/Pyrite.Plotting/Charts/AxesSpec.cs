namespace Pyrite.Plotting.Charts;

/// <summary>What a pair of axes shows, before it is known where.</summary>
internal sealed record AxesSpec(AxisMap X, AxisMap Y)
{
    public string Title { get; init; } = "";

    public string XLabel { get; init; } = "";

    public string YLabel { get; init; } = "";

    /// <summary>A remark in small letters at the bottom right, such as how many points could not be drawn.</summary>
    public string Note { get; init; } = "";

    /// <summary>Width to keep free right of the plot, for a legend or a colour bar.</summary>
    public double ReservedRight { get; init; }

    /// <summary>Whether a unit is as long on both axes; the axis with room to spare is stretched.</summary>
    public bool EqualAspect { get; init; }

    public bool HasGrid { get; init; } = true;

    /// <summary>Ticks to use in place of those chosen from the range.</summary>
    public TickSet? XTicks { get; init; }

    /// <summary>Ticks to use in place of those chosen from the range.</summary>
    public TickSet? YTicks { get; init; }
}
