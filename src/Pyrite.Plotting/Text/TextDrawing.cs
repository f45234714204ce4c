using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Text;

/// <summary>Draws lines of text on any canvas.</summary>
internal static class TextDrawing
{
    private const double RegularWeight = 0.082;
    private const double BoldWeight = 0.118;

    extension(ICanvas canvas)
    {
        /// <summary>Draws one line of text with its baseline at a point; <paramref name="upright"/> text runs from bottom to top.</summary>
        public void DrawText(string text, CanvasPoint at, double size, Rgb color, TextAnchor anchor = TextAnchor.Start, bool upright = false,
            bool bold = false)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return;
            }

            double back = StrokeFont.Measure(text, size) * anchor switch { TextAnchor.Middle => 0.5, TextAnchor.End => 1, _ => 0 };
            CanvasPoint start = upright ? at with { Y = at.Y + back } : at with { X = at.X - back };
            VectorPath path = StrokeFont.Outline(text, start, size, upright);
            canvas.StrokePath(path, new Stroke(size * (bold ? BoldWeight : RegularWeight)), new Paint(color), text);
        }
    }
}
