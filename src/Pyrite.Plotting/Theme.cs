using Pyrite.Plotting.Drawing;
using Pyrite.Plotting.Ticks;
using ScottPlot;
using ScottPlot.AutoScalers;
using ScottPlot.AxisPanels;
using ScottPlot.TickGenerators;

namespace Pyrite.Plotting;

/// <summary>The look of Pyrite's pictures, for plots of your own: colours, font, axes and grid.</summary>
/// <remarks>The font is Inter, which is part of the library: no machine needs one. Colours stay apart for readers with colour-vision deficiency and
/// in gray: M. A. Petroff, "Accessible Color Sequences for Data Visualization", arXiv:2107.02270, the sequences of 6 and of 10 colours.</remarks>
public static class Theme
{
    private const int SmallWidth = 520;
    private const int SmallHeight = 320;

    private static readonly Color AxisLine = Color.FromHex("#4b5563");
    private static readonly Color[] Six = Color.FromHex((string[])["#5790fc", "#f89c20", "#e42536", "#964a8b", "#9c9ca1", "#7a21dd"]);

    private static readonly Color[] Ten = Color.FromHex(
        (string[])["#3f90da", "#ffa90e", "#bd1f01", "#94a4a2", "#832db6", "#a96b59", "#e76300", "#b9ac70", "#717581", "#92dadd"]);

    static Theme() => ScottPlot.Fonts.FontResolvers.Add(new InterFont());

    /// <summary>The colour of text, and of data beside what a model says of them.</summary>
    public static Color Ink { get; } = Color.FromHex("#1f2328");

    /// <summary>The colour of remarks.</summary>
    public static Color Faint { get; } = Color.FromHex("#6b7280");

    /// <summary>The colour of grids.</summary>
    public static Color GridLine { get; } = Color.FromHex("#e5e7eb");

    /// <summary>The colours of up to six lines, in their order; they repeat after that.</summary>
    public static IReadOnlyList<Color> LineColors => Six;

    /// <summary>The colours of up to ten classes; they repeat after that.</summary>
    public static IReadOnlyList<Color> ClassColors => Ten;

    /// <summary>The name of the font, for text that you add.</summary>
    public static string FontName => InterFont.Name;

    /// <summary>Gives a plot the look.</summary>
    /// <param name="plot">The plot; what is added to it later takes its colours.</param>
    /// <param name="width">The width that it is meant for, in pixels; below 520 letters are smaller.</param>
    /// <param name="height">The height that it is meant for; below 320 letters are smaller.</param>
    public static void Apply(Plot plot, int width = 900, int height = 560)
    {
        ArgumentNullException.ThrowIfNull(plot);
        bool isSmall = width < SmallWidth || height < SmallHeight;
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Add.Palette = new ScottPlot.Palettes.Custom(Six, "Petroff 6", "arXiv:2107.02270");
        Style(plot.Axes.Title.Label, isSmall ? 14 : 18, Ink, isBold: true);
        StyleAxis(plot.Axes.Bottom, isSmall);
        StyleAxis(plot.Axes.Left, isSmall);
        Hide(plot.Axes.Right, 24);
        Hide(plot.Axes.Top, 6);
        plot.Grid.MajorLineColor = GridLine;
        plot.Grid.MajorLineWidth = 1;
        plot.Grid.MinorLineWidth = 0;
        plot.Axes.AutoScaler = new FractionalAutoScaler(0.04, 0.1);
        StyleLegend(plot.Legend, isSmall ? 11 : 13);
    }

    internal static void StyleLegend(Legend legend, float size)
    {
        legend.FontName = FontName;
        legend.FontSize = size;
        legend.FontColor = Ink;
        legend.OutlineColor = GridLine;
        legend.ShadowColor = Colors.Transparent;
        legend.BackgroundColor = Colors.White;
        legend.Margin = new PixelPadding(12);
        legend.Padding = new PixelPadding(9);
        legend.SymbolWidth = 22;
        legend.SymbolPadding = 8;
        legend.InterItemPadding = new PixelPadding(6);
    }

    internal static void Style(LabelStyle label, float size, Color color, bool isBold = false)
    {
        label.FontName = FontName;
        label.FontSize = size;
        label.ForeColor = color;
        label.Bold = isBold;
    }

    private static void StyleAxis(IAxis axis, bool isSmall)
    {
        Style(axis.Label, isSmall ? 12 : 14.5f, Ink);
        Style(axis.TickLabelStyle, isSmall ? 11 : 13, Ink);
        axis.FrameLineStyle.Color = AxisLine;
        axis.FrameLineStyle.Width = 1;
        axis.MajorTickStyle.Color = AxisLine;
        axis.MajorTickStyle.Length = 5;
        axis.MajorTickStyle.Width = 1;
        axis.MinorTickStyle.Length = 0;
        axis.TickGenerator = new NumberTicks();
        if (axis is AxisBase panel)
        {
            panel.PaddingOutsideAxisLabels = new PixelPadding(9);
        }
    }

    private static void Hide(IAxis axis, float size)
    {
        axis.FrameLineStyle.Width = 0;
        axis.TickGenerator = new EmptyTickGenerator();
        axis.MinimumSize = size;
        axis.MaximumSize = size;
    }
}
