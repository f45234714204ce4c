
namespace Pyrite.Plotting.Canvas;

/// <summary>A path of straight lines and cubic Bézier curves, built once and drawn by any canvas.</summary>
internal sealed class VectorPath
{
    /// <summary>Control points at this share of the radius make a quarter circle (largest error 0.03 %).</summary>
    public const double CircleKappa = 0.5522847498;

    private readonly List<PathVerb> verbs = [];
    private readonly List<CanvasPoint> points = [];

    public IReadOnlyList<PathVerb> Verbs => verbs;

    public IReadOnlyList<CanvasPoint> Points => points;

    public bool IsEmpty => verbs.Count == 0;

    public VectorPath MoveTo(double x, double y) => Append(PathVerb.Move, new CanvasPoint(x, y));

    public VectorPath LineTo(double x, double y) => Append(PathVerb.Line, new CanvasPoint(x, y));

    public VectorPath CurveTo(CanvasPoint control1, CanvasPoint control2, CanvasPoint end)
    {
        points.Add(control1);
        points.Add(control2);
        return Append(PathVerb.Curve, end);
    }

    public VectorPath Close()
    {
        verbs.Add(PathVerb.Close);
        return this;
    }

    /// <summary>The path as polylines, in the units of <paramref name="scale"/> pixels to one; closed ones end where they start.</summary>
    public List<List<CanvasPoint>> Flatten(double scale)
    {
        var lines = new List<List<CanvasPoint>>();
        List<CanvasPoint> current = [];
        int next = 0;
        foreach (PathVerb verb in verbs)
        {
            switch (verb)
            {
                case PathVerb.Move:
                    current = [Scaled(points[next++], scale)];
                    lines.Add(current);
                    break;
                case PathVerb.Line:
                    current.Add(Scaled(points[next++], scale));
                    break;
                case PathVerb.Curve:
                    AddCurve(current, Scaled(points[next], scale), Scaled(points[next + 1], scale), Scaled(points[next + 2], scale));
                    next += 3;
                    break;
                default:
                    current.Add(current[0]);
                    break;
            }
        }

        return lines;
    }

    private static void AddCurve(List<CanvasPoint> line, CanvasPoint b, CanvasPoint c, CanvasPoint d)
    {
        CanvasPoint a = line[^1];
        double length = Distance(a, b) + Distance(b, c) + Distance(c, d);
        int pieces = Math.Clamp((int)(2 * Math.Sqrt(length)) + 1, 3, 64);
        for (int i = 1; i <= pieces; i++)
        {
            double t = (double)i / pieces, s = 1 - t;
            double wa = s * s * s, wb = 3 * s * s * t, wc = 3 * s * t * t, wd = t * t * t;
            line.Add(new CanvasPoint((wa * a.X) + (wb * b.X) + (wc * c.X) + (wd * d.X), (wa * a.Y) + (wb * b.Y) + (wc * c.Y) + (wd * d.Y)));
        }
    }

    private static double Distance(CanvasPoint a, CanvasPoint b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    // A logarithm may differ in its last bit between machines; on a grid of 1/256 pixel the pictures do not.
    private static CanvasPoint Scaled(CanvasPoint point, double scale) =>
        new(Math.Round(point.X * scale * 256) / 256, Math.Round(point.Y * scale * 256) / 256);

    private VectorPath Append(PathVerb verb, CanvasPoint point)
    {
        verbs.Add(verb);
        points.Add(point);
        return this;
    }
}
