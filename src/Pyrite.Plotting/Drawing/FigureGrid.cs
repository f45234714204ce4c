using ScottPlot;

namespace Pyrite.Plotting.Drawing;

/// <summary>Equally large cells, each with a plot or empty.</summary>
internal sealed class FigureGrid(int rows, int columns) : IMultiplotLayout
{
    private readonly Dictionary<Plot, int> cells = [];
    private readonly bool[] isTaken = new bool[rows * columns];

    public int FirstFree() => Array.IndexOf(isTaken, false);

    public bool Take(Plot plot, int cell)
    {
        if (isTaken[cell] || !cells.TryAdd(plot, cell))
        {
            return false;
        }
        return isTaken[cell] = true;
    }

    public PixelRect[] GetSubplotRectangles(SubplotCollection subplots, PixelRect figureRect) =>
        Array.ConvertAll(subplots.GetPlots(), plot => Cell(figureRect, cells.GetValueOrDefault(plot)));

    public IEnumerable<PixelRect> FreeCells(PixelRect figureRect) =>
        Enumerable.Range(0, isTaken.Length).Where(cell => !isTaken[cell]).Select(cell => Cell(figureRect, cell));

    /// <summary>A cell, at whole pixels: between edges that fall into pixels the ground would shine through.</summary>
    private PixelRect Cell(PixelRect figureRect, int cell)
    {
        float X(int column) => MathF.Round(figureRect.Left + (column * figureRect.Width / columns));
        float Y(int row) => MathF.Round(figureRect.Top + (row * figureRect.Height / rows));
        (int row, int column) = (cell / columns, cell % columns);
        return new PixelRect(X(column), X(column + 1), Y(row + 1), Y(row));
    }
}
