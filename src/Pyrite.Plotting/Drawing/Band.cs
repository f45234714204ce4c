using ScottPlot;
using ScottPlot.Plottables;

namespace Pyrite.Plotting.Drawing;

/// <summary>An area between two curves, whose entry in the legend shows the line in its middle, too.</summary>
internal sealed class Band(Coordinates[] outline, Color? middle) : Polygon(outline), IPlottable
{
    IEnumerable<LegendItem> IPlottable.LegendItems =>
    [
        new LegendItem
        {
            LabelText = LegendText,
            FillStyle = FillStyle,
            LineColor = middle ?? Colors.Transparent,
            LineWidth = middle is null ? 0 : 2,
            OutlineWidth = 0,
            MarkerStyle = MarkerStyle.None,
            Plottable = this,
        },
    ];
}
