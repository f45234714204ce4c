using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Charts;

/// <summary>Sizes and colours that all charts share; small panels get smaller letters.</summary>
internal sealed record ChartStyle(double TitleSize, double LabelSize, double TickSize)
{
    public const double TickLength = 5;
    public const double Gap = 6;
    public const double OuterMargin = 14;

    private const double SmallPanelWidth = 520;
    private const double SmallPanelHeight = 320;

    public static readonly Rgb Text = Rgb.Parse("#1f2328");
    public static readonly Rgb Faint = Rgb.Parse("#6b7280");
    public static readonly Rgb AxisLine = Rgb.Parse("#4b5563");
    public static readonly Rgb GridLine = Rgb.Parse("#e5e7eb");

    public static ChartStyle For(Rect area) => area.Width < SmallPanelWidth || area.Height < SmallPanelHeight
        ? new ChartStyle(14, 12, 11)
        : new ChartStyle(18, 14.5, 13);
}
