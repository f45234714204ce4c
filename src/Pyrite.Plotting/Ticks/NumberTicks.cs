using ScottPlot;

namespace Pyrite.Plotting.Ticks;

/// <summary>Ticks of an axis of numbers, far enough apart that their labels do not touch.</summary>
internal sealed class NumberTicks : ITickGenerator
{
    private const float PixelsPerInterval = 46;
    private const float PixelsPerWideInterval = 84;
    private const float Gap = 14;

    public Tick[] Ticks { get; private set; } = [];

    public int MaxTickCount { get; set; } = 100;

    public void Regenerate(CoordinateRange range, Edge edge, PixelLength size, Paint paint, LabelStyle labelStyle)
    {
        double low = Math.Min(range.Min, range.Max), high = Math.Max(range.Min, range.Max);
        if (!double.IsFinite(low) || !double.IsFinite(high) || low >= high)
        {
            Ticks = [];
            return;
        }
        bool isWide = edge is Edge.Bottom or Edge.Top;
        int intervals = Math.Clamp((int)(size.Length / (isWide ? PixelsPerWideInterval : PixelsPerInterval)), 2, MaxTickCount);
        Ticks = LinearTicks.Choose(low, high, intervals);
        while (isWide && intervals > 1 && size.Length / Math.Max(1, Ticks.Length) < Widest(paint, labelStyle) + Gap)
        {
            Ticks = LinearTicks.Choose(low, high, --intervals);
        }
    }

    private float Widest(Paint paint, LabelStyle style) =>
        Ticks.Length == 0 ? 0 : Ticks.Max(tick => style.Measure(tick.Label, paint).Width);
}
