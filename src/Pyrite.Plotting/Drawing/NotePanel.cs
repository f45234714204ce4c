using ScottPlot;

namespace Pyrite.Plotting.Drawing;

/// <summary>A remark in small letters below a plot, at its right end.</summary>
internal sealed class NotePanel : IPanel
{
    private const float Room = 4;

    private readonly LabelStyle style = new() { Alignment = Alignment.LowerRight };

    public NotePanel(float size) => Theme.Style(style, size, Theme.Faint);

    public string Text { get => style.Text; set => style.Text = value; }

    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public Edge Edge => Edge.Bottom;

    public bool ShowDebugInformation { get; set; }

    public float Measure(Paint paint) => IsVisible && Text.Length > 0 ? style.FontSize : 0;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        new(dataRect.Left, dataRect.Right, dataRect.Bottom + offset + size, dataRect.Bottom + offset);

    public void Render(RenderPack rp, float size, float offset)
    {
        if (size > 0)
        {
            style.Render(rp.Canvas, new Pixel(rp.FigureRect.Right - (2 * Room), rp.FigureRect.Bottom - Room), rp.Paint);
        }
    }
}
