using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pyrite.Displays;

/// <summary>The last lines of a terminal, redrawn in place. Between draws the cursor stands at the start of the line below them.</summary>
/// <remarks>While there is a region, what the program prints with <see cref="Console"/> goes above it.</remarks>
internal sealed class LiveRegion
{
    private readonly Lock gate = new();
    private readonly TextWriter output;
    private readonly IAnsiConsole console;
    private readonly bool isConsole;
    private readonly List<ConsoleAbove> above = [];
    private IRenderable? shown;
    private int[] widths = [];
    private bool isMidLine;
    private bool isBroken;

    public LiveRegion(TextWriter output, IAnsiConsole? console = null)
    {
        this.output = output;
        isConsole = output == Console.Out || output == Console.Error;
        this.console = console ?? AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(output) });
    }

    /// <summary>Puts these lines in the place of those before.</summary>
    public void Draw(IRenderable view)
    {
        lock (gate)
        {
            shown = view;
            if (isConsole && above.Count == 0)
            {
                above.Add(ConsoleAbove.Out(this));
                above.Add(ConsoleAbove.Error(this));
            }
            if (!isMidLine)
            {
                Write(view);
            }
        }
    }

    /// <summary>Takes the region away and leaves a last line, if any, in its place.</summary>
    public void End(string? last)
    {
        lock (gate)
        {
            Erase();
            shown = null;
            above.ForEach(stream => stream.Restore());
            above.Clear();
            string text = (isMidLine ? Environment.NewLine : "") + (last is null ? "" : last + Environment.NewLine);
            isMidLine = false;
            Try(writer => writer.Write(text));
        }
    }

    /// <summary>Ends with a view that stays, such as a table.</summary>
    public void End(IRenderable last)
    {
        lock (gate)
        {
            Draw(last);
            widths = [];
            End((string?)null);
        }
    }

    /// <summary>Prints a line above the region.</summary>
    public void Print(string line, TextWriter? elsewhere)
    {
        lock (gate)
        {
            Erase();
            LastingOutput.Try(elsewhere ?? output, writer => writer.WriteLine(line));
            Redraw();
        }
    }

    /// <summary>Lets text that the program prints go above the region; a line that is not whole yet keeps the region away.</summary>
    public void PrintAbove(TextWriter stream, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return;
        }
        lock (gate)
        {
            Erase();
            stream.Write(text);
            stream.Flush();
            isMidLine = text[^1] != '\n';
            Redraw();
        }
    }

    private void Redraw()
    {
        if (shown is not null && !isMidLine)
        {
            Write(shown);
        }
    }

    private void Erase()
    {
        if (widths.Length > 0)
        {
            string erase = Back();
            widths = [];
            Try(writer => writer.Write(erase));
        }
    }

    /// <summary>Up over the rows that the lines take in the terminal as wide as it is now, and away with all below.</summary>
    private string Back()
    {
        int width = Math.Max(console.Profile.Width, 1);
        int rows = widths.Sum(line => Math.Max(1, (line + width - 1) / width));
        return rows == 0 ? "" : $"\e[{rows}A\r\e[J";
    }

    private void Write(IRenderable view)
    {
        string back = Back();
        Frame frame = new(view, back, Math.Max(console.Profile.Height - 1, 1));
        Try(_ => console.Write(frame));
        widths = frame.Widths;
    }

    private void Try(Action<TextWriter> write) => isBroken = isBroken || !LastingOutput.Try(output, write);

    /// <summary>A view after the way back over the one before, written in one piece so that nothing flickers.</summary>
    private sealed class Frame(IRenderable view, string back, int mostLines) : Renderable
    {
        public int[] Widths { get; private set; } = [];

        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            // The last column stays free: terminals differ in what they do with the cursor behind it.
            List<SegmentLine> lines = Segment.SplitLines(view.Render(options, maxWidth - 1), maxWidth - 1);
            lines = lines.Count > mostLines ? lines[^mostLines..] : lines;
            Widths = [.. lines.Select(line => line.Sum(segment => segment.CellCount()))];
            yield return Segment.Control(back);
            foreach (SegmentLine line in lines)
            {
                foreach (Segment segment in line)
                {
                    yield return segment;
                }
                yield return Segment.LineBreak;
            }
        }
    }
}
