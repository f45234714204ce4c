using System.Globalization;
using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Charts;

namespace Pyrite.Plotting;

/// <summary>A matrix as coloured cells, the first row on top, with a colour bar.</summary>
/// <remarks>Cells that are not finite are drawn in light gray and counted.</remarks>
public sealed class Heatmap : Chart
{
    private const int LargestSide = 16_384;

    private static readonly Rgb NotFinite = Rgb.Gray(222);

    private readonly double[] values;

    /// <summary>Makes a heat map; the values are copied.</summary>
    /// <param name="values">The matrix, row after row.</param>
    /// <param name="rows">How many rows, 1 to 16,384.</param>
    /// <param name="columns">How many columns, 1 to 16,384.</param>
    /// <exception cref="ArgumentException">There are not rows x columns values, or a side is out of range.</exception>
    public Heatmap(ReadOnlySpan<double> values, int rows, int columns)
    {
        if (rows is < 1 or > LargestSide || columns is < 1 or > LargestSide || (long)rows * columns != values.Length)
        {
            throw new ArgumentException(
                $"A heat map of {rows} rows and {columns} columns (1 to {LargestSide} each) needs {(long)rows * columns} values, "
                    + $"found {values.Length}.",
                nameof(values));
        }

        this.values = values.ToArray();
        Rows = rows;
        Columns = columns;
    }

    /// <summary>How many rows the matrix has.</summary>
    public int Rows { get; }

    /// <summary>How many columns the matrix has.</summary>
    public int Columns { get; }

    /// <summary>Text below the columns.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>Text left of the rows.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Text right of the colour bar.</summary>
    public string ColorLabel { get; init; } = "";

    /// <summary>The colours, from the smallest value to the largest.</summary>
    public ColorMap Colors { get; init; } = ColorMap.Viridis;

    /// <summary>The value of the first colour; null for the smallest of the matrix.</summary>
    public double? Minimum { get; init; }

    /// <summary>The value of the last colour; null for the largest of the matrix.</summary>
    public double? Maximum { get; init; }

    /// <summary>Names of the rows, as many as there are; null to number them from 0.</summary>
    public IReadOnlyList<string>? RowNames { get; init; }

    /// <summary>Names of the columns, as many as there are; null to number them from 0.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>How many cells have a value that is not finite.</summary>
    public int CellsLeftOut => values.Count(value => !DataRange.CanDraw(AxisScale.Linear, value));

    internal override void Draw(ICanvas canvas, Rect area)
    {
        RequireNames(RowNames, Rows, "rows");
        RequireNames(ColumnNames, Columns, "columns");
        var range = new DataRange(AxisScale.Linear);
        foreach (double value in values)
        {
            range.Include(value);
        }

        AxisMap colorScale = AxisMap.Fit(new Axis("", AxisScale.Linear, Minimum, Maximum), range, 0, 0);
        var bar = new ColorBar(Colors, colorScale, ColorLabel, ChartStyle.For(area), area.Height - 100);
        var axes = new AxesPanel(area, new AxesSpec(AxisMap.Exactly(0, Columns), AxisMap.Exactly(0, Rows))
        {
            Title = Title,
            XLabel = XLabel,
            YLabel = YLabel,
            ReservedRight = bar.Width,
            HasGrid = false,
            Note = PointFilter.Note(CellsLeftOut, values.Length, "cells"),
            XTicks = CellTicks(ColumnNames, Columns, area.Width / 42, cell => cell + 0.5),
            YTicks = CellTicks(RowNames, Rows, area.Height / 24, cell => Rows - cell - 0.5),
        });
        canvas.DrawImage(axes.Plot, Colored(colorScale));
        axes.DrawForeground(canvas);
        bar.Draw(canvas, axes.Plot);
    }

    private static void RequireNames(IReadOnlyList<string>? names, int count, string what)
    {
        if (names is not null && names.Count != count)
        {
            throw new ArgumentException($"A heat map of {count} {what} needs as many names, found {names.Count}.", what);
        }
    }

    private static TickSet CellTicks(IReadOnlyList<string>? names, int count, double most, Func<int, double> position)
    {
        int stride = (int)Math.Ceiling(count / Math.Max(1, most));
        while (stride > 1 && stride is not (2 or 5) && stride % 10 != 0)
        {
            stride++;
        }

        var ticks = new List<Tick>();
        for (int cell = 0; cell < count; cell += stride)
        {
            ticks.Add(new Tick(position(cell), names?[cell] ?? cell.ToString(CultureInfo.InvariantCulture)));
        }

        return new TickSet(ticks, []);
    }

    private PngImage Colored(AxisMap colorScale)
    {
        byte[] pixels = new byte[values.Length * 3];
        for (int i = 0; i < values.Length; i++)
        {
            Rgb color = DataRange.CanDraw(AxisScale.Linear, values[i]) ? Colors.At(colorScale.ToUnit(values[i])) : NotFinite;
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = color;
        }

        return new PngImage(Columns, Rows, 3, pixels);
    }
}
