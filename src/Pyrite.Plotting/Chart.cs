using System.Globalization;
using Pyrite.Plotting.Drawing;
using ScottPlot;
using ScottPlot.Panels;
using SkiaSharp;

namespace Pyrite.Plotting;

/// <summary>A plot of ScottPlot in the look of Pyrite, with a size: add lines, bands and points to it, restyle it, save it.</summary>
/// <remarks>All that ScottPlot offers is there (<c>chart.Add</c>, <c>chart.Axes</c>, <c>chart.Legend</c>), and <see cref="ChartExtensions"/> adds
/// what pictures of posteriors need. Points that are not finite leave a gap; the chart says below its axis how many.</remarks>
public sealed class Chart : Plot, IPicture
{
    private const int LeastSide = 120;
    private const int LargestSide = 8192;
    private const int MostEntriesInside = 6;
    private const int LargestDensity = 4;

    private readonly NotePanel note;
    private string ownNote = "";
    private int pointsLeftOut;
    private int pointsInAll;
    private LegendPanel? panel;
    private bool wasVisible = true;

    /// <summary>Makes an empty chart.</summary>
    /// <param name="title">Text above the plot; empty for none.</param>
    /// <param name="xLabel">Text below the horizontal axis.</param>
    /// <param name="yLabel">Text beside the vertical axis.</param>
    /// <param name="width">Width in pixels at density 1, 120 to 8192.</param>
    /// <param name="height">Height in pixels at density 1, 120 to 8192.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public Chart(string title = "", string xLabel = "", string yLabel = "", int width = 900, int height = 560)
    {
        ArgumentNullException.ThrowIfNull(title);
        Width = RequireBetween(width, LeastSide, LargestSide, nameof(width));
        Height = RequireBetween(height, LeastSide, LargestSide, nameof(height));
        Name = title.Length > 0 ? title : "Chart";
        Theme.Apply(this, width, height);
        Legend.IsVisible = true;
        if (title.Length > 0)
        {
            Title(title);
        }
        XLabel(xLabel);
        YLabel(yLabel);
        note = new NotePanel(0.8f * Axes.Bottom.TickLabelStyle.FontSize);
        Axes.AddPanel(note);
        RenderManager.PreRenderLock += (_, _) => PlaceLegend();
        RenderManager.RenderStarting += (_, pack) => PlaceLegendInCorner(pack);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <summary>Pixels of a PNG file for one pixel of <see cref="Width"/> and <see cref="Height"/>: 1 to 4, by default 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The density is out of range.</exception>
    public int Density { get; init => field = RequireBetween(value, 1, LargestDensity, nameof(Density)); } = 2;

    /// <summary>Where the legend stands; without named entries there is none. <c>HideLegend</c> and <c>ShowLegend</c> of the plot decide as
    /// well.</summary>
    public LegendPlacement LegendPlacement { get; set; }

    /// <summary>A remark below the plot; empty for none. What cannot be drawn is said after it.</summary>
    public string Note
    {
        get => ownNote;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ownNote = value;
            WriteNote();
        }
    }

    /// <summary>How many of the points given so far cannot be drawn, because they are not finite.</summary>
    public int PointsLeftOut => pointsLeftOut;

    /// <summary>The names of the rows of an interval chart, from the top.</summary>
    internal List<string> Rows { get; } = [];

    /// <inheritdoc/>
    public void Draw(SKCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        Render(canvas, new PixelRect(0, Width, Height, 0));
    }

    /// <summary>Counts points that were given, and says which cannot be drawn.</summary>
    internal void Count(int all, int leftOut)
    {
        pointsInAll += all;
        pointsLeftOut += leftOut;
        WriteNote();
    }

    private static int RequireBetween(int value, int least, int most, string name) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"Expected {least} to {most} pixels.");

    private void WriteNote()
    {
        string left = pointsLeftOut == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{pointsLeftOut} of {pointsInAll} points cannot be drawn");
        note.Text = ownNote.Length > 0 && left.Length > 0 ? $"{ownNote}; {left}" : ownNote + left;
    }

    private void PlaceLegendInCorner(RenderPack pack)
    {
        if (LegendPlacement == LegendPlacement.Automatic && Legend.IsVisible)
        {
            Legend.Alignment = CornerLegend.Choose(this, Legend.GetItems(), pack.FigureRect);
        }
    }

    /// <summary>Makes room for the legend, before anything is laid out.</summary>
    private void PlaceLegend()
    {
        if (Legend.IsVisible != wasVisible)
        {
            // The user has hidden or shown it since.
            LegendPlacement = wasVisible ? LegendPlacement.None : LegendPlacement.AsSet;
            wasVisible = Legend.IsVisible;
        }
        if (LegendPlacement == LegendPlacement.AsSet)
        {
            return;
        }
        LegendItem[] items = Legend.GetItems();
        bool isRight = items.Length > 0
            && (LegendPlacement == LegendPlacement.Right || (LegendPlacement == LegendPlacement.Automatic && items.Length > MostEntriesInside));
        Legend.IsVisible = items.Length > 0 && LegendPlacement != LegendPlacement.None && !isRight;
        wasVisible = Legend.IsVisible;
        Legend.OutlineWidth = isRight ? 0 : 1;
        if (isRight && panel is null)
        {
            panel = new LegendPanel(Legend) { Edge = Edge.Right, Alignment = Alignment.UpperLeft, Padding = new PixelPadding(0) };
            Axes.AddPanel(panel);
        }
        panel?.IsVisible = isRight;
    }
}
