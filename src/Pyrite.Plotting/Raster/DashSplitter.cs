using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Raster;

/// <summary>Cuts polylines into dashes.</summary>
internal static class DashSplitter
{
    private const int MostDashes = 200_000;

    /// <summary>The dashes of the lines; lengths of <paramref name="dashes"/> alternate between drawn and left out.</summary>
    public static List<List<CanvasPoint>> Split(List<List<CanvasPoint>> lines, double[] dashes)
    {
        var result = new List<List<CanvasPoint>>();
        foreach (List<CanvasPoint> line in lines)
        {
            SplitOne(line, dashes, result);
        }

        return result;
    }

    private static void SplitOne(List<CanvasPoint> line, double[] dashes, List<List<CanvasPoint>> result)
    {
        int index = 0;
        double left = dashes[0];
        List<CanvasPoint> dash = [line[0]];
        for (int i = 1; i < line.Count; i++)
        {
            CanvasPoint from = line[i - 1], to = line[i];
            double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt((dx * dx) + (dy * dy)), done = 0;
            while (length - done > left && result.Count < MostDashes)
            {
                done += left;
                var cut = new CanvasPoint(from.X + (dx * done / length), from.Y + (dy * done / length));
                FinishDash(index, dash, cut, result);
                index = (index + 1) % dashes.Length;
                left = dashes[index];
                dash = [cut];
            }

            left -= length - done;
            dash.Add(to);
        }

        if (index % 2 == 0)
        {
            result.Add(dash);
        }
    }

    private static void FinishDash(int index, List<CanvasPoint> dash, CanvasPoint cut, List<List<CanvasPoint>> result)
    {
        if (index % 2 == 0)
        {
            dash.Add(cut);
            result.Add(dash);
        }
    }
}
