using Pyrite.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace Pyrite.Plotting;

/// <summary>Charts in rows and columns of one picture, with a title: a multiplot of ScottPlot.</summary>
public sealed class Figure : Multiplot, IMultiplot, IPicture
{
    private const int LargestGrid = 64;
    private const float TitleSize = 20;
    private const float TitleRoom = 44;

    private readonly FigureGrid grid;

    /// <summary>Makes an empty figure.</summary>
    /// <param name="rows">Rows of charts, 1 to 64.</param>
    /// <param name="columns">Columns of charts, 1 to 64.</param>
    /// <param name="title">Text above all of them; empty for none.</param>
    /// <param name="width">Width in pixels at density 1.</param>
    /// <param name="height">Height in pixels at density 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Figure(int rows, int columns, string title = "", int width = 900, int height = 560)
    {
        if (rows is < 1 or > LargestGrid || columns is < 1 or > LargestGrid)
        {
            throw new ArgumentOutOfRangeException(nameof(rows),
                FormattableString.Invariant($"A figure has 1 to {LargestGrid} rows and columns, found {rows} and {columns}."));
        }
        ArgumentNullException.ThrowIfNull(title);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        (Rows, Columns, Width, Height, Name) = (rows, columns, width, height, title);
        while (Subplots.Count > 0)
        {
            Subplots.RemoveAt(0);
        }
        grid = new FigureGrid(rows, columns);
        Layout = grid;
    }

    /// <summary>Rows of charts.</summary>
    public int Rows { get; }

    /// <summary>Columns of charts.</summary>
    public int Columns { get; }

    /// <summary>The title above all charts; empty for none.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <inheritdoc/>
    public int Density { get; init; } = 2;

    /// <summary>The size that a chart has in a cell of the figure, to be made with.</summary>
    public (int Width, int Height) Cell => (Width / Columns, (int)(Height - (Name.Length > 0 ? TitleRoom : 0)) / Rows);

    /// <summary>Puts a chart into the next free cell, row after row.</summary>
    /// <param name="plot">The chart.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="InvalidOperationException">All cells are taken.</exception>
    public Figure Add(Plot plot) => grid.FirstFree() is int free and >= 0
        ? Add(plot, free / Columns, free % Columns)
        : throw new InvalidOperationException(
            FormattableString.Invariant($"Cannot add a chart: all {Rows}x{Columns} cells of the figure are taken."));

    /// <summary>Puts a chart into a cell.</summary>
    /// <param name="plot">The chart.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">There is no such cell, or it is taken.</exception>
    public Figure Add(Plot plot, int row, int column)
    {
        ArgumentNullException.ThrowIfNull(plot);
        if (row < 0 || column < 0 || row >= Rows || column >= Columns || !grid.Take(plot, (row * Columns) + column))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Row {row}, column {column} of a figure of {Rows}x{Columns} cells is taken or does not exist."),
                    nameof(row));
        }
        Subplots.Add(plot);
        return this;
    }

    /// <inheritdoc/>
    public void Draw(SKCanvas canvas) => Render(canvas, new PixelRect(0, Width, Height, 0));

    /// <summary>Draws the figure into a rectangle.</summary>
    /// <param name="canvas">What it is drawn on.</param>
    /// <param name="figureRect">Where it is drawn.</param>
    public new void Render(SKCanvas canvas, PixelRect figureRect)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        float room = Name.Length > 0 ? TitleRoom : 0;
        PixelRect below = new(figureRect.Left, figureRect.Right, figureRect.Bottom, figureRect.Top + room);
        base.Render(canvas, below);

        // ScottPlot clears the canvas before it draws its plots, so what they do not cover is filled afterwards.
        using SKPaint white = new() { Color = SKColors.White };
        canvas.DrawRect(new PixelRect(figureRect.Left, figureRect.Right, below.Top, figureRect.Top).ToSKRect(), white);
        foreach (PixelRect cell in grid.FreeCells(below))
        {
            canvas.DrawRect(cell.ToSKRect(), white);
        }
        if (Name.Length > 0)
        {
            using SKFont font = new(InterFont.Bold, TitleSize) { Subpixel = true };
            using SKPaint ink = new() { Color = Theme.Ink.ToSKColor(), IsAntialias = true };
            float width = figureRect.Width - 28, needed = font.MeasureText(Name);
            font.Size = needed > width ? TitleSize * width / needed : TitleSize;
            canvas.DrawText(Name, figureRect.HorizontalCenter, figureRect.Top + 30, SKTextAlign.Center, font, ink);
        }
    }
}
