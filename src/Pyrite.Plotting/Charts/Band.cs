using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Charts;

/// <summary>The area between a lower and an upper line.</summary>
internal sealed record Band(string Name, double[] X, double[] Lower, double[] Upper, Rgb? Color)
{
    public const double Opacity = 0.22;

    public void Draw(ICanvas canvas, AxesPanel axes, PointFilter filter, Rgb color)
    {
        var outline = new VectorPath();
        foreach ((int start, int end) in filter.Runs(X, Lower, Upper))
        {
            for (int i = start; i < end; i++)
            {
                CanvasPoint upper = axes.Map(X[i], Upper[i]);
                _ = i == start ? outline.MoveTo(upper.X, upper.Y) : outline.LineTo(upper.X, upper.Y);
            }

            for (int i = end - 1; i >= start; i--)
            {
                CanvasPoint lower = axes.Map(X[i], Lower[i]);
                outline.LineTo(lower.X, lower.Y);
            }

            outline.Close();
        }

        if (!outline.IsEmpty)
        {
            canvas.FillPath(outline, new Paint(color, Opacity));
        }
    }
}
