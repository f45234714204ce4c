namespace Pyrite.Plotting.Posteriors;

/// <summary>Scatter plots below the diagonal, histograms on it.</summary>
internal static class PairsPlot
{
    private const int CellSize = 300;
    private const int MostPoints = 4000;

    public static Figure Of(List<PlottedScalar> scalars, double[]? divergent)
    {
        int count = scalars.Count, side = Math.Max(560, CellSize * count);
        int[] all = [.. Enumerable.Range(0, scalars[0].Values.Length)];
        int[] plain = divergent is null ? all : Array.FindAll(all, draw => !(divergent[draw] > 0.5));
        int[] marked = divergent is null ? [] : Array.FindAll(all, draw => divergent[draw] > 0.5);
        string title = divergent is null ? "Pairs"
            : marked.Length == 0 ? "Pairs (no divergent transitions)"
            : FormattableString.Invariant($"Pairs (orange: {marked.Length} divergent transitions)");
        Figure figure = new(count, count, title, side, side);

        // Divergent transitions are drawn last, over the others, and all of them; of the others a spread of a few thousand is enough.
        int stride = Math.Max(1, (plain.Length + MostPoints - 1) / MostPoints);
        int[] shown = [.. plain.Where((_, i) => i % stride == 0)];
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                Chart chart = new("", scalars[column].Name, row == column ? "count" : scalars[row].Name, figure.Cell.Width, figure.Cell.Height)
                {
                    LegendPlacement = LegendPlacement.None,
                };
                if (row == column)
                {
                    chart.AddHistogram("", scalars[row].Values);
                }
                else
                {
                    AddDots(chart, scalars[column], scalars[row], shown, Theme.ClassColors[0].WithOpacity(shown.Length > 1000 ? 0.4 : 0.7));
                    AddDots(chart, scalars[column], scalars[row], marked, Theme.ClassColors[1].WithOpacity(0.8));
                    chart.Axes.AutoScaler = new ScottPlot.AutoScalers.FractionalAutoScaler(0.08, 0.08);
                }
                figure.Add(chart, row, column);
            }
        }
        return figure;
    }

    private static void AddDots(Chart chart, PlottedScalar x, PlottedScalar y, int[] draws, ScottPlot.Color color)
    {
        if (draws.Length > 0)
        {
            chart.AddDots("", Array.ConvertAll(draws, draw => x.Values[draw]), Array.ConvertAll(draws, draw => y.Values[draw]), color, 4);
        }
    }
}
