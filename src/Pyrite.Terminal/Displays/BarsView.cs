using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pyrite.Displays;

/// <summary>Lines with bars, each cut to the width of the terminal.</summary>
internal sealed class BarsView(IReadOnlyList<BarLine> lines) : Renderable
{
    private const int WidestBar = 30;
    private const int NarrowestBar = 6;

    private static readonly Style Filled = new(Color.Green);
    private static readonly Style Empty = new(Color.Grey);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int titles = lines.Max(line => line.Title.Length), bar = Math.Clamp(maxWidth / 4, NarrowestBar, WidestBar);
        (char full, char empty) = options.Unicode ? ('━', '─') : ('#', '-');
        foreach (BarLine line in lines)
        {
            int left = maxWidth;
            if (line.Fraction is { } fraction)
            {
                int filled = (int)(bar * Math.Clamp(fraction, 0, 1));
                foreach (Segment segment in (Segment[])[
                    new(line.Title.PadRight(titles) + " "), new(new string(full, filled), Filled), new(new string(empty, bar - filled), Empty),
                    new($" {Math.Floor(100 * fraction),3} %  ")])
                {
                    yield return Cut(segment, ref left);
                }
            }
            yield return Cut(new(line.Detail), ref left);
            yield return Segment.LineBreak;
        }
    }

    private static Segment Cut(Segment segment, ref int left)
    {
        string text = segment.Text.Length <= left ? segment.Text : segment.Text[..left];
        left -= text.Length;
        return new Segment(text, segment.Style);
    }
}
