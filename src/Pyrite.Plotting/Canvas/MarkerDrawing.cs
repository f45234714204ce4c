namespace Pyrite.Plotting.Canvas;

/// <summary>Draws markers on any canvas.</summary>
internal static class MarkerDrawing
{
    extension(ICanvas canvas)
    {
        public void DrawMarker(Marker marker, CanvasPoint centre, double radius, Paint paint)
        {
            (double x, double y) = (centre.X, centre.Y);
            switch (marker)
            {
                case Marker.Square:
                    double half = 0.89 * radius;
                    canvas.FillPath(Polygon((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)), paint);
                    break;
                case Marker.Triangle:
                    double side = 1.25 * radius;
                    canvas.FillPath(Polygon((x, y - side), (x + side, y + (0.8 * side)), (x - side, y + (0.8 * side))), paint);
                    break;
                case Marker.Diamond:
                    double reach = 1.25 * radius;
                    canvas.FillPath(Polygon((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)), paint);
                    break;
                default:
                    canvas.FillCircle(centre, radius, paint);
                    break;
            }
        }
    }

    private static VectorPath Polygon(params ReadOnlySpan<(double X, double Y)> corners)
    {
        VectorPath path = new VectorPath().MoveTo(corners[0].X, corners[0].Y);
        foreach ((double x, double y) in corners[1..])
        {
            path.LineTo(x, y);
        }

        return path.Close();
    }
}
