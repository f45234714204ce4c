using System.Globalization;
using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Text;

/// <summary>One character of the stroke font: its strokes and how far it moves on, in 1/100 of the font size, y upwards from the baseline.</summary>
/// <remarks>
/// Written in a small language: <c>M x y</c> start, <c>L x y</c> line, <c>H x</c> and <c>V y</c> lines along one axis, <c>C</c> cubic curve,
/// <c>U x y</c> quarter of an ellipse that leaves upright, <c>R x y</c> one that leaves level, <c>Z</c> close, <c>D x y</c> dot.
/// </remarks>
internal sealed class Glyph
{
    // Rounder than an ellipse at its corners, as the bowls of sans-serif letters are.
    private const double BowlKappa = 0.585;
    private const double DotRadius = 1.5;

    public Glyph(double advance, string strokes)
    {
        Advance = advance;
        Parse(strokes);
    }

    private Glyph(double advance) => Advance = advance;

    public double Advance { get; }

    public VectorPath Path { get; private init; } = new();

    /// <summary>The glyph shrunk and lifted, for exponents.</summary>
    public Glyph Raised(double scale, double lift)
    {
        var raised = new Glyph(Advance * scale);
        AppendTo(raised.Path, point => new CanvasPoint(point.X * scale, (point.Y * scale) + lift));
        return raised;
    }

    /// <summary>Adds the strokes to a path, every point mapped.</summary>
    public void AppendTo(VectorPath target, Func<CanvasPoint, CanvasPoint> map)
    {
        int next = 0;
        foreach (PathVerb verb in Path.Verbs)
        {
            switch (verb)
            {
                case PathVerb.Move:
                    CanvasPoint start = map(Path.Points[next++]);
                    target.MoveTo(start.X, start.Y);
                    break;
                case PathVerb.Line:
                    CanvasPoint end = map(Path.Points[next++]);
                    target.LineTo(end.X, end.Y);
                    break;
                case PathVerb.Curve:
                    target.CurveTo(map(Path.Points[next]), map(Path.Points[next + 1]), map(Path.Points[next + 2]));
                    next += 3;
                    break;
                default:
                    target.Close();
                    break;
            }
        }
    }

    private void Parse(string strokes)
    {
        int at = 0;
        var pen = new CanvasPoint(0, 0);
        while (at < strokes.Length)
        {
            char command = strokes[at++];
            switch (command)
            {
                case 'M':
                    pen = NextPoint(strokes, ref at);
                    Path.MoveTo(pen.X, pen.Y);
                    break;
                case 'L' or 'H' or 'V':
                    pen = command switch
                    {
                        'L' => NextPoint(strokes, ref at),
                        'H' => pen with { X = NextNumber(strokes, ref at) },
                        _ => pen with { Y = NextNumber(strokes, ref at) },
                    };
                    Path.LineTo(pen.X, pen.Y);
                    break;
                case 'C':
                    CanvasPoint control1 = NextPoint(strokes, ref at), control2 = NextPoint(strokes, ref at);
                    pen = NextPoint(strokes, ref at);
                    Path.CurveTo(control1, control2, pen);
                    break;
                case 'U' or 'R':
                    pen = AddQuarter(pen, NextPoint(strokes, ref at), leavesUpright: command == 'U');
                    break;
                case 'D':
                    AddDot(NextPoint(strokes, ref at));
                    break;
                case 'Z':
                    Path.Close();
                    break;
                default:
                    throw new FormatException($"Glyph \"{strokes}\": unknown command '{command}' at {at - 1}.");
            }
        }
    }

    private CanvasPoint AddQuarter(CanvasPoint from, CanvasPoint to, bool leavesUpright)
    {
        double dx = (to.X - from.X) * BowlKappa, dy = (to.Y - from.Y) * BowlKappa;
        if (leavesUpright)
        {
            Path.CurveTo(new CanvasPoint(from.X, from.Y + dy), new CanvasPoint(to.X - dx, to.Y), to);
        }
        else
        {
            Path.CurveTo(new CanvasPoint(from.X + dx, from.Y), new CanvasPoint(to.X, to.Y - dy), to);
        }

        return to;
    }

    // A bare point would be as wide as a stroke, which looks too light for a dot.
    private void AddDot(CanvasPoint centre)
    {
        Path.MoveTo(centre.X - DotRadius, centre.Y);
        CanvasPoint pen = Path.Points[^1];
        foreach ((double dx, double dy) in ((double, double)[])[(0, DotRadius), (DotRadius, 0), (0, -DotRadius), (-DotRadius, 0)])
        {
            pen = AddQuarter(pen, new CanvasPoint(centre.X + dx, centre.Y + dy), leavesUpright: dx == 0);
        }

        Path.Close();
    }

    private static CanvasPoint NextPoint(string strokes, ref int at)
    {
        double x = NextNumber(strokes, ref at);
        return new CanvasPoint(x, NextNumber(strokes, ref at));
    }

    private static double NextNumber(string strokes, ref int at)
    {
        while (strokes[at] == ' ')
        {
            at++;
        }

        int start = at;
        while (at < strokes.Length && (char.IsAsciiDigit(strokes[at]) || strokes[at] is '-' or '.'))
        {
            at++;
        }

        return double.Parse(strokes.AsSpan(start, at - start), CultureInfo.InvariantCulture);
    }
}
