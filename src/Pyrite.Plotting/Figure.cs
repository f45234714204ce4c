using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Charts;
using Pyrite.Plotting.Text;

namespace Pyrite.Plotting;

/// <summary>Several pictures in rows and columns of one.</summary>
/// <remarks>Cells are equally large; the sizes and densities of the pictures themselves do not matter here.</remarks>
public sealed class Figure : Chart
{
    private const int LargestGrid = 64;
    private const double TitleSize = 20;

    private readonly List<(Picture Picture, int Row, int Column, int RowSpan, int ColumnSpan)> panels = [];
    private readonly bool[] isTaken;

    /// <summary>Makes an empty figure.</summary>
    /// <param name="rows">Rows of pictures, 1 to 64.</param>
    /// <param name="columns">Columns of pictures, 1 to 64.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Figure(int rows, int columns)
    {
        if (rows is < 1 or > LargestGrid || columns is < 1 or > LargestGrid)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), $"A figure has 1 to {LargestGrid} rows and columns, found {rows} and {columns}.");
        }

        Rows = rows;
        Columns = columns;
        isTaken = new bool[rows * columns];
    }

    /// <summary>Rows of pictures.</summary>
    public int Rows { get; }

    /// <summary>Columns of pictures.</summary>
    public int Columns { get; }

    /// <summary>Puts a picture into the next free cell, row after row.</summary>
    /// <param name="picture">A chart, an image grid or another figure.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="InvalidOperationException">All cells are taken.</exception>
    public Figure Add(Picture picture)
    {
        int free = Array.IndexOf(isTaken, false);
        return free >= 0
            ? Add(picture, free / Columns, free % Columns)
            : throw new InvalidOperationException($"Cannot add a picture: all {Rows}x{Columns} cells of the figure are taken.");
    }

    /// <summary>Puts a picture into a cell, or into a block of them.</summary>
    /// <param name="picture">A chart, an image grid or another figure.</param>
    /// <param name="row">The top row, from 0.</param>
    /// <param name="column">The left column, from 0.</param>
    /// <param name="rowSpan">How many rows it fills.</param>
    /// <param name="columnSpan">How many columns it fills.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">The block leaves the figure, overlaps an earlier one, or the picture is this figure.</exception>
    public Figure Add(Picture picture, int row, int column, int rowSpan = 1, int columnSpan = 1)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture == this)
        {
            throw new ArgumentException("A figure cannot contain itself.", nameof(picture));
        }

        if (row < 0 || column < 0 || rowSpan < 1 || columnSpan < 1 || rowSpan > Rows - row || columnSpan > Columns - column)
        {
            throw new ArgumentOutOfRangeException(
                nameof(row), $"A block of {rowSpan}x{columnSpan} cells at row {row}, column {column} does not fit a figure of {Rows}x{Columns}.");
        }

        TakeCells(row, column, rowSpan, columnSpan);
        panels.Add((picture, row, column, rowSpan, columnSpan));
        return this;
    }

    internal override void Draw(ICanvas canvas, Rect area)
    {
        double top = area.Top;
        if (Title.Length > 0)
        {
            top += ChartStyle.OuterMargin + (StrokeFont.CapHeight * TitleSize);
            canvas.DrawText(Title, new CanvasPoint(area.CentreX, top), TitleSize, ChartStyle.Text, TextAnchor.Middle, bold: true);
            top += 8;
        }

        double cellWidth = area.Width / Columns, cellHeight = (area.Bottom - top) / Rows;
        foreach ((Picture picture, int row, int column, int rowSpan, int columnSpan) in panels)
        {
            canvas.BeginGroup(picture.Name);
            var cell = new Rect(area.Left + (column * cellWidth), top + (row * cellHeight), columnSpan * cellWidth, rowSpan * cellHeight);
            picture.Draw(canvas, picture is Chart ? cell : cell.Grow(-ChartStyle.OuterMargin));      // charts have margins of their own
            canvas.EndGroup();
        }
    }

    private void TakeCells(int row, int column, int rowSpan, int columnSpan)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            for (int r = row; r < row + rowSpan; r++)
            {
                for (int c = column; c < column + columnSpan; c++)
                {
                    ref bool cell = ref isTaken[(r * Columns) + c];
                    if (pass == 0 && cell)
                    {
                        throw new ArgumentException($"Row {r}, column {c} of the figure is taken.", nameof(row));
                    }

                    cell = pass == 1;
                }
            }
        }
    }
}
