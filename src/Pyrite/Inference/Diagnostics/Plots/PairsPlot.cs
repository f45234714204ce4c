using Pyrite.Plotting;

namespace Pyrite.Inference.Diagnostics.Plots;

/// <summary>Scatter plots below the diagonal, histograms on it.</summary>
internal static class PairsPlot
{
    private const int CellSize = 300;
    private const int MostPoints = 4000;

    public static Figure Of(List<PlottedScalar> scalars, double[]? divergent)
    {
        int count = scalars.Count, draws = scalars[0].Values.Length, side = Math.Max(560, CellSize * count);
        (int[] order, int[] categories) = Order(draws, divergent);
        int marked = 0;
        foreach (int category in categories)
        {
            marked += category;
        }
        Figure figure =
            new(count,
                count)
            {
                Title =
                    divergent is null
                        ? "Pairs"
                        : marked == 0 ? "Pairs (no divergent transitions)" : $"Pairs (orange: {marked} divergent transitions)",
                Width = side,
                Height = side
            };
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                figure.Add(row == column ? Diagonal(scalars[row]) : Cell(scalars[column], scalars[row], order, categories, marked > 0), row, column);
            }
        }
        return figure;
    }

    private static Histogram Diagonal(PlottedScalar scalar) =>
        new Histogram { XAxis = new Axis(scalar.Name), Legend = LegendPosition.None }.Add(scalar.Name, scalar.Values);

    private static ScatterPlot Cell(PlottedScalar x, PlottedScalar y, int[] order, int[] categories, bool hasMarked)
    {
        double[] xs = Array.ConvertAll(order, draw => x.Values[draw]), ys = Array.ConvertAll(order, draw => y.Values[draw]);
        return new ScatterPlot(xs, ys, hasMarked ? categories : [])
        {
            XAxis = new Axis(x.Name),
            YAxis = new Axis(y.Name),
            CategoryNames = ["draw", "divergent"],
            Legend = LegendPosition.None,     // the title says it once; a legend in each cell would hide draws
            PointRadius = 2,
            Opacity = order.Length > 1000 ? 0.4 : 0.7,
        };
    }

    // Divergent transitions are drawn last, over the others, and all of them; of the others a spread of a few thousand is enough.
    private static (int[] Order, int[] Categories) Order(int draws, double[]? divergent)
    {
        List<int> plain = [], marked = [];
        for (int draw = 0; draw < draws; draw++)
        {
            (divergent is not null && divergent[draw] > 0.5 ? marked : plain).Add(draw);
        }
        int stride = (plain.Count + MostPoints - 1) / MostPoints;
        List<int> order = [];
        for (int i = 0; i < plain.Count; i += Math.Max(1, stride))
        {
            order.Add(plain[i]);
        }
        int[] categories = new int[order.Count + marked.Count];
        Array.Fill(categories, 1, order.Count, marked.Count);
        order.AddRange(marked);
        return ([.. order], categories);
    }
}
