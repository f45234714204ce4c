namespace Pyrite.Inspection.Diagrams;

/// <summary>The pieces of an arrow: a line up to the neck of its head, and the head.</summary>
internal static class DiagramArrow
{
    private const double Length = 8;

    /// <summary>The line as SVG's path data; curved pieces leave and reach each point vertically.</summary>
    public static string Line(IReadOnlyList<(double X, double Y)> points, bool isCurved)
    {
        (double X, double Y) neck = Neck(points, isCurved);
        string path = FormattableString.Invariant($"M{points[0].X:0.##} {points[0].Y:0.##}");
        for (int i = 1; i < points.Count; i++)
        {
            (double X, double Y) start = points[i - 1], stop = i == points.Count - 1 ? neck : points[i];
            double bend = 0.5 * (stop.Y - start.Y);
            path += isCurved
                ? FormattableString.Invariant(
                    $"C{start.X:0.##} {start.Y + bend:0.##} {stop.X:0.##} {stop.Y - bend:0.##} {stop.X:0.##} {stop.Y:0.##}")
                : FormattableString.Invariant($"L{stop.X:0.##} {stop.Y:0.##}");
        }
        return path;
    }

    /// <summary>The head as SVG's path data.</summary>
    public static string Head(IReadOnlyList<(double X, double Y)> points, bool isCurved)
    {
        (double X, double Y) end = points[^1], neck = Neck(points, isCurved);
        double dx = 0.4 * (end.X - neck.X), dy = 0.4 * (end.Y - neck.Y);
        return FormattableString.Invariant($"M{end.X:0.##} {end.Y:0.##}L{neck.X - dy:0.##} {neck.Y + dx:0.##}")
            + FormattableString.Invariant($"L{neck.X + dy:0.##} {neck.Y - dx:0.##}Z");
    }

    /// <summary>Where line and head meet: curves arrive vertically, straight lines in their own direction.</summary>
    private static (double X, double Y) Neck(IReadOnlyList<(double X, double Y)> points, bool isCurved)
    {
        (double X, double Y) before = points[^2], end = points[^1];
        double length = Math.Max(1e-9, Math.Sqrt(((end.X - before.X) * (end.X - before.X)) + ((end.Y - before.Y) * (end.Y - before.Y))));
        return isCurved
            ? (end.X, end.Y - Length)
            : (end.X - (Length * (end.X - before.X) / length), end.Y - (Length * (end.Y - before.Y) / length));
    }
}
