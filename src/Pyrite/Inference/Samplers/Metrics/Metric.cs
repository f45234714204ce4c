using Pyrite.Inference.Samplers.Metrics;

namespace Pyrite;

/// <summary>The shape of a sampler's space: the inverse of the mass matrix, which should be near the posterior's covariance.</summary>
/// <remarks>Momenta are drawn from N(0, M); velocities are M⁻¹ p. Never changes once made; every one may be shared by chains. Derive from it for a
/// metric of your own (blocks, low rank, a known structure) and give it to <see cref="Nuts"/> or <see cref="Hmc"/>; a
/// <see cref="MetricStructure"/> of your own estimates such metrics during warm-up.</remarks>
public abstract class Metric
{
    /// <summary>The name under which variances are saved.</summary>
    private protected const string VariancesName = "metric.variances";

    private protected const string BlocksName = "metric.blocks";

    /// <summary>A metric of some numbers.</summary>
    /// <param name="dimension">How many; not negative.</param>
    protected Metric(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        Dimension = dimension;
    }

    /// <summary>The number of unconstrained numbers.</summary>
    public int Dimension { get; }

    /// <summary>The diagonal of M⁻¹: the variances.</summary>
    public abstract IReadOnlyList<double> Variances { get; }

    /// <summary>The unit metric.</summary>
    /// <param name="dimension">The number of unconstrained numbers.</param>
    public static Metric Unit(int dimension)
    {
        double[] ones = new double[dimension];
        Array.Fill(ones, 1);
        return new DiagonalMetric(ones);
    }

    /// <summary>A metric without correlations.</summary>
    /// <param name="variances">The posterior's variances, positive.</param>
    /// <exception cref="ArgumentException">A variance is not positive and finite.</exception>
    public static Metric Diagonal(params ReadOnlySpan<double> variances) => new DiagonalMetric(variances.ToArray());

    /// <summary>A metric with all correlations.</summary>
    /// <param name="covariance">The posterior's covariance matrix, [dimension, dimension].</param>
    /// <exception cref="ArgumentException">The matrix is not symmetric and positive definite.</exception>
    public static Metric Dense(double[,] covariance)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        int size = covariance.GetLength(0);
        if (covariance.GetLength(1) != size)
        {
            throw new ArgumentException($"A covariance matrix is square; found {size} x {covariance.GetLength(1)}.", nameof(covariance));
        }
        double[] diagonal = new double[size], entries = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                entries[(i * size) + j] = covariance[i, j];
                if (Math.Abs(covariance[i, j] - covariance[j, i]) > 1e-10 * Math.Abs(covariance[i, j]))
                {
                    throw new ArgumentException(
                        $"A covariance matrix is symmetric; entries [{i}, {j}] and [{j}, {i}] are {covariance[i, j]} and {covariance[j, i]}.",
                            nameof(covariance));
                }
            }
            diagonal[i] = covariance[i, i];
        }
        return new BlockMetric(diagonal, [(Enumerable.Range(0, size).ToArray(), entries)]);
    }

    /// <summary>M⁻¹ p.</summary>
    /// <param name="momentum">p.</param>
    /// <param name="velocity">Room for the result.</param>
    public abstract void Velocity(ReadOnlySpan<double> momentum, Span<double> velocity);

    /// <summary>Draws a momentum from N(0, M).</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="momentum">Room for the draw.</param>
    public abstract void DrawMomentum(RandomKey key, Span<double> momentum);

    /// <summary>Writes one of the library's metrics down; others are given again, or saved by the structure that estimates them.</summary>
    internal virtual void Write(StateNumbers numbers)
    {
    }

    /// <summary>Whether one of the library's metrics was written down.</summary>
    internal static bool IsIn(StateNumbers numbers) => numbers.Has(VariancesName);

    /// <summary>Forgets a metric that was written down.</summary>
    internal static void Forget(StateNumbers numbers)
    {
        foreach (string name in numbers.Names.Where(name => name.StartsWith("metric.", StringComparison.Ordinal)).ToList())
        {
            numbers.Remove(name);
        }
    }

    /// <summary>The metric that was written down.</summary>
    /// <exception cref="InvalidDataException">The numbers are no metric of this dimension.</exception>
    internal static Metric Read(StateNumbers numbers, int dimension)
    {
        double[] variances = numbers.Take(VariancesName, dimension);
        try
        {
            if (!numbers.Has(BlocksName))
            {
                return new DiagonalMetric(variances);
            }
            List<(int[], double[])> blocks = [];
            double count = numbers.Take(BlocksName, 1)[0];
            for (int k = 0; k < count; k++)
            {
                int[] members = numbers.Indices(BlockMetric.MembersOf(k), dimension);
                blocks.Add((members, numbers.Take(BlockMetric.CovarianceOf(k), members.Length * members.Length)));
            }
            return new BlockMetric(variances, blocks);
        }
        catch (ArgumentException mistake)
        {
            throw new InvalidDataException($"{numbers.Owner} has a metric that is none: {mistake.Message}", mistake);
        }
    }
}
