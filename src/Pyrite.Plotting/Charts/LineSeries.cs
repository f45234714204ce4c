using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Charts;

/// <summary>A named line of points in the order given.</summary>
internal sealed record LineSeries(string Name, double[] X, double[] Y, bool HasMarkers, LineStyle Style, Rgb? Color, double Width, double Opacity)
{
    private const double MarkerRadius = 3.6;

    public Stroke Stroke => Stroke.Line(Width, Style);

    /// <summary>Draws the line; points that the axes cannot show leave a gap, and a point between two gaps is drawn as a dot.</summary>
    public void Draw(ICanvas canvas, AxesPanel axes, PointFilter filter, Rgb color)
    {
        var line = new VectorPath();
        foreach ((int start, int end) in filter.Runs(X, Y))
        {
            for (int i = start; i < end; i++)
            {
                CanvasPoint at = axes.Map(X[i], Y[i]);
                _ = i == start ? line.MoveTo(at.X, at.Y) : line.LineTo(at.X, at.Y);
                if (HasMarkers || end - start == 1)
                {
                    canvas.FillCircle(at, HasMarkers ? MarkerRadius : 0.9 * Width, new Paint(color, Opacity));
                }
            }
        }

        if (!line.IsEmpty)
        {
            canvas.StrokePath(line, Stroke, new Paint(color, Opacity));
        }
    }

    /// <summary>Points along the line as drawn, dense enough to see what a legend would hide.</summary>
    public IEnumerable<CanvasPoint> Along(AxesPanel axes, PointFilter filter)
    {
        const int Pieces = 16;
        foreach ((int start, int end) in filter.Runs(X, Y))
        {
            for (int i = start; i < end; i++)
            {
                CanvasPoint from = axes.Map(X[Math.Max(start, i - 1)], Y[Math.Max(start, i - 1)]), to = axes.Map(X[i], Y[i]);
                for (int piece = 1; piece <= Pieces; piece++)
                {
                    double share = (double)piece / Pieces;
                    yield return new CanvasPoint(from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y)));
                }
            }
        }
    }
}
