using System.Globalization;

namespace Pyrite.Inference.Samplers.Metrics;

/// <summary>Variances, and covariances inside of blocks, of the positions of a warm-up window.</summary>
/// <remarks>Welford's updates; shrunk towards 1e-3 as in Stan: n/(n + 5) S + 5e-3/(n + 5) I.</remarks>
internal sealed class BlockEstimate(StateNumbers learnt, int dimension, int[][] blocks) : MetricEstimate
{
    private readonly double[] count = learnt.Room("estimate.count", 1);
    private readonly double[] mean = learnt.Room("estimate.mean", dimension);
    private readonly double[] squares = learnt.Room("estimate.squares", dimension);
    private readonly double[] deviation = new double[dimension];
    private readonly double[][] products = [.. blocks.Select((block, k) => learnt.Room(ProductsOf(k), block.Length * block.Length))];

    /// <summary>How many positions have been added.</summary>
    public long Count => (long)count[0];

    public override void Add(ReadOnlySpan<double> position)
    {
        double number = ++count[0];
        for (int i = 0; i < dimension; i++)
        {
            deviation[i] = position[i] - mean[i];
            mean[i] += deviation[i] / number;
            squares[i] += deviation[i] * (position[i] - mean[i]);
        }
        for (int k = 0; k < blocks.Length; k++)
        {
            int[] members = blocks[k];
            for (int i = 0; i < members.Length; i++)
            {
                double after = position[members[i]] - mean[members[i]];
                for (int j = 0; j < members.Length; j++)
                {
                    products[k][(i * members.Length) + j] += after * deviation[members[j]];
                }
            }
        }
    }

    public override Metric Metric()
    {
        double number = count[0], share = number / (number + 5.0), floor = 1e-3 * (5 / (number + 5.0));
        double[] variances = Array.ConvertAll(squares, sum => (share * sum / (number - 1)) + floor);
        if (blocks.Length == 0)
        {
            return new DiagonalMetric(variances);
        }
        List<(int[], double[])> parts = [];
        for (int k = 0; k < blocks.Length; k++)
        {
            int size = blocks[k].Length;
            double[] covariance = new double[size * size];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    double sum = 0.5 * (products[k][(i * size) + j] + products[k][(j * size) + i]);
                    covariance[(i * size) + j] = (share * sum / (number - 1)) + (i == j ? floor : 0);
                }
            }
            parts.Add((blocks[k], covariance));
        }
        return new BlockMetric(variances, parts);
    }

    public override void Clear()
    {
        count[0] = 0;
        Array.Clear(mean);
        Array.Clear(squares);
        Array.ForEach(products, Array.Clear);
    }

    private static string ProductsOf(int block) => string.Create(CultureInfo.InvariantCulture, $"estimate.products.{block}");
}
