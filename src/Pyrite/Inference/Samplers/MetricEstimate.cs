using System.Globalization;

namespace Pyrite.Inference.Samplers;

/// <summary>Variances, and covariances inside of blocks, of the positions of a warm-up window.</summary>
/// <remarks>Welford's updates; shrunk towards 1e-3 as in Stan: n/(n + 5) S + 5e-3/(n + 5) I.</remarks>
internal sealed class MetricEstimate(int dimension, int[][] blocks)
{
    private readonly double[] mean = new double[dimension];
    private readonly double[] squares = new double[dimension];
    private readonly double[] deviation = new double[dimension];
    private readonly double[][] products = Array.ConvertAll(blocks, block => new double[block.Length * block.Length]);
    private long count;

    /// <summary>How many positions have been added.</summary>
    public long Count => count;

    /// <summary>Adds a position.</summary>
    public void Add(ReadOnlySpan<double> position)
    {
        count++;
        for (int i = 0; i < dimension; i++)
        {
            deviation[i] = position[i] - mean[i];
            mean[i] += deviation[i] / count;
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

    /// <summary>The metric of the positions so far.</summary>
    public Metric Metric()
    {
        double share = count / (count + 5.0), floor = 1e-3 * (5 / (count + 5.0));
        double[] variances = Array.ConvertAll(squares, sum => (share * sum / (count - 1)) + floor);
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
                    covariance[(i * size) + j] = (share * sum / (count - 1)) + (i == j ? floor : 0);
                }
            }
            parts.Add((blocks[k], covariance));
        }
        return new BlockMetric(variances, parts);
    }

    /// <summary>Writes down the sums so far.</summary>
    public void Export(IDictionary<string, double[]> numbers)
    {
        numbers["estimate.count"] = [count];
        numbers["estimate.mean"] = (double[])mean.Clone();
        numbers["estimate.squares"] = (double[])squares.Clone();
        for (int k = 0; k < products.Length; k++)
        {
            numbers[ProductsOf(k)] = (double[])products[k].Clone();
        }
    }

    /// <summary>Goes on from there.</summary>
    /// <exception cref="InvalidDataException">The numbers are not those of such an estimate.</exception>
    public void Restore(ChainSnapshot saved)
    {
        count = (long)saved.Take("estimate.count");
        saved.Take("estimate.mean", dimension).CopyTo(mean, 0);
        saved.Take("estimate.squares", dimension).CopyTo(squares, 0);
        for (int k = 0; k < products.Length; k++)
        {
            saved.Take(ProductsOf(k), products[k].Length).CopyTo(products[k], 0);
        }
    }

    /// <summary>Forgets all positions.</summary>
    public void Clear()
    {
        count = 0;
        Array.Clear(mean);
        Array.Clear(squares);
        Array.ForEach(products, Array.Clear);
    }

    private static string ProductsOf(int block) => string.Create(CultureInfo.InvariantCulture, $"estimate.products.{block}");
}
