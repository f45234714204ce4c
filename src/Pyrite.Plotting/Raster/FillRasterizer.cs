using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Raster;

/// <summary>Fills polygons (non-zero winding rule): 16 lines through each row of pixels, exact along x.</summary>
internal sealed class FillRasterizer(PixelBuffer pixels)
{
    private const int LinesPerRow = 16;

    private readonly double[] coverage = new double[pixels.Width];
    private readonly List<(double X, int Winding)> crossings = [];

    private readonly record struct Edge(double Top, double Bottom, double XAtTop, double Slope, int Winding);

    public void Fill(List<List<CanvasPoint>> polygons, Paint paint, PixelBounds clip)
    {
        List<Edge> edges = CollectEdges(polygons);
        var active = new List<Edge>();
        int next = 0;
        for (int y = clip.Top; y < clip.Bottom && (next < edges.Count || active.Count > 0); y++)
        {
            while (next < edges.Count && edges[next].Top < y + 1)
            {
                active.Add(edges[next++]);
            }

            active.RemoveAll(edge => edge.Bottom <= y);
            if (active.Count > 0)
            {
                CoverRow(y, active, clip);
                BlendRow(y, paint, clip);
            }
        }
    }

    private static List<Edge> CollectEdges(List<List<CanvasPoint>> polygons)
    {
        var edges = new List<Edge>();
        foreach (List<CanvasPoint> polygon in polygons)
        {
            for (int i = 0; i < polygon.Count; i++)
            {
                CanvasPoint a = polygon[i], b = polygon[(i + 1) % polygon.Count];
                if (a.Y != b.Y)
                {
                    (CanvasPoint top, CanvasPoint bottom, int winding) = a.Y < b.Y ? (a, b, 1) : (b, a, -1);
                    edges.Add(new Edge(top.Y, bottom.Y, top.X, (bottom.X - top.X) / (bottom.Y - top.Y), winding));
                }
            }
        }

        edges.Sort((a, b) => a.Top.CompareTo(b.Top));
        return edges;
    }

    private void CoverRow(int y, List<Edge> active, PixelBounds clip)
    {
        for (int line = 0; line < LinesPerRow; line++)
        {
            double height = y + ((line + 0.5) / LinesPerRow);
            crossings.Clear();
            foreach (Edge edge in active)
            {
                if (edge.Top <= height && height < edge.Bottom)
                {
                    crossings.Add((edge.XAtTop + ((height - edge.Top) * edge.Slope), edge.Winding));
                }
            }

            crossings.Sort((a, b) => a.X.CompareTo(b.X));
            int winding = 0;
            for (int i = 0; i + 1 < crossings.Count; i++)
            {
                winding += crossings[i].Winding;
                if (winding != 0)
                {
                    CoverSpan(Math.Clamp(crossings[i].X, clip.Left, clip.Right), Math.Clamp(crossings[i + 1].X, clip.Left, clip.Right));
                }
            }
        }
    }

    private void CoverSpan(double from, double to)
    {
        for (int x = (int)from; x < to; x++)
        {
            coverage[x] += (Math.Min(to, x + 1) - Math.Max(from, x)) / LinesPerRow;
        }
    }

    private void BlendRow(int y, Paint paint, PixelBounds clip)
    {
        for (int x = clip.Left; x < clip.Right; x++)
        {
            if (coverage[x] > 0)
            {
                pixels.Blend(x, y, paint, Math.Min(1, coverage[x]));
                coverage[x] = 0;
            }
        }
    }
}
