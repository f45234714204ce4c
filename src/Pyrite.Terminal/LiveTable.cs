using Pyrite.Displays;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pyrite;

/// <summary>A table in the terminal that grows row by row, such as one of epochs, with a bar below it for what is under way.</summary>
/// <remarks>Plain, a row is a line of its cells with the names of their columns. Not for several threads at once.</remarks>
public sealed class LiveTable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string[] columns;
    private readonly TextWriter output;
    private readonly TimeProvider time;
    private readonly Spectre.Console.Table table = new Spectre.Console.Table().RoundedBorder();
    private readonly LiveRegion? region;
    private long lastDrawn;

    /// <summary>An empty table; nothing is shown yet.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="style">How to show it.</param>
    /// <param name="output">Where to; the standard output if not given.</param>
    public LiveTable(IReadOnlyList<string> columns, ProgressStyle style = ProgressStyle.Automatic, TextWriter? output = null)
        : this(columns, style, output, TimeProvider.System, console: null)
    {
    }

    internal LiveTable(IReadOnlyList<string> columns, ProgressStyle style, TextWriter? output, TimeProvider time, IAnsiConsole? console)
    {
        ArgumentNullException.ThrowIfNull(columns);
        this.columns = [.. columns];
        this.output = output ?? Console.Out;
        this.time = time;
        Style = StyleChoice.Of(style, output);
        region = Style == ProgressStyle.Live ? new LiveRegion(this.output, console) : null;
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)).RightAligned());
        }
    }

    /// <summary>How the table is shown; never <see cref="ProgressStyle.Automatic"/>, which has been decided.</summary>
    public ProgressStyle Style { get; }

    /// <summary>Shows what is under way, in a live table alone; redrawn at most ten times per second.</summary>
    /// <param name="title">What it is, in front of the bar.</param>
    /// <param name="fraction">The share that is done, from 0 to 1.</param>
    /// <param name="detail">What else to say, behind the bar.</param>
    public void Show(string title, double fraction, string detail)
    {
        if (region is not null && time.GetElapsedTime(lastDrawn) >= Pause)
        {
            lastDrawn = time.GetTimestamp();
            region.Draw(new Rows(table, new BarsView([new BarLine(title, fraction, detail)])));
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One text for each column.</param>
    /// <exception cref="ArgumentException">There are more or fewer cells than columns.</exception>
    public void AddRow(params IReadOnlyList<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Count != columns.Length)
        {
            throw new ArgumentException($"A row of this table has {columns.Length} cells ({string.Join(", ", columns)}); found {cells.Count}.",
                nameof(cells));
        }
        table.AddRow(cells.Select(cell => (IRenderable)new Spectre.Console.Text(cell)));
        if (region is not null)
        {
            lastDrawn = time.GetTimestamp();
            region.Draw(table);
        }
        else if (Style == ProgressStyle.Plain)
        {
            LastingOutput.Try(output, writer => writer.WriteLine(string.Join("  ", columns.Zip(cells, (column, cell) => $"{column} {cell}"))));
        }
    }

    /// <summary>Leaves the table on the screen and the cursor below it.</summary>
    public void End() => region?.End(table);
}
