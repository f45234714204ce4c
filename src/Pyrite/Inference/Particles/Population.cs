using Pyrite.Inference.Approximations;

namespace Pyrite.Inference.Particles;

/// <summary>The particles of a run, and what their spread says to those who move them.</summary>
internal sealed class Population
{
    private readonly int dimension;
    private double[][] starts = [];

    /// <param name="points">The unconstrained points.</param>
    /// <param name="densities">Their densities.</param>
    public Population(double[][] points, PointDensity[] densities)
    {
        (Points, Densities) = (points, densities);
        dimension = points[0].Length;
        (Mean, Variances) = (new double[dimension], new double[dimension]);
    }

    /// <summary>The unconstrained points.</summary>
    public double[][] Points { get; private set; }

    /// <summary>Their densities.</summary>
    public PointDensity[] Densities { get; private set; }

    /// <summary>The mean of each number, as last measured.</summary>
    public double[] Mean { get; }

    /// <summary>The variance of each number, as last measured; above 0.</summary>
    public double[] Variances { get; }

    /// <summary>The Cholesky factor of their covariance, row by row; null for many numbers, or where it is not positive.</summary>
    public double[]? Factor { get; private set; }

    /// <summary>The log-likelihoods.</summary>
    public double[] LogLikelihoods => Array.ConvertAll(Densities, density => density.Likelihood);

    /// <summary>Keeps chosen particles, several times where they were chosen so.</summary>
    public void Choose(int[] chosen)
    {
        Points = Array.ConvertAll(chosen, one => (double[])Points[one].Clone());
        Densities = Array.ConvertAll(chosen, one => Densities[one]);
        starts = Array.ConvertAll(Points, point => (double[])point.Clone());
        Measure();
    }

    /// <summary>The mean correlation of the numbers with where they were after the last choice.</summary>
    public double Correlation()
    {
        double total = 0;
        for (int i = 0; i < dimension; i++)
        {
            double meanBefore = 0, mean = 0;
            for (int k = 0; k < Points.Length; k++)
            {
                meanBefore += starts[k][i] / Points.Length;
                mean += Points[k][i] / Points.Length;
            }
            double both = 0, before = 0, now = 0;
            for (int k = 0; k < Points.Length; k++)
            {
                double a = starts[k][i] - meanBefore, b = Points[k][i] - mean;
                (both, before, now) = (both + (a * b), before + (a * a), now + (b * b));
            }
            total += before > 0 && now > 0 ? Math.Abs(both) / Math.Sqrt(before * now) : 0;
        }
        return total / dimension;
    }

    private void Measure()
    {
        const int LongestFactor = 100;
        int count = Points.Length;
        for (int i = 0; i < dimension; i++)
        {
            double mean = 0, squares = 0;
            for (int k = 0; k < count; k++)
            {
                mean += Points[k][i] / count;
            }
            for (int k = 0; k < count; k++)
            {
                squares += (Points[k][i] - mean) * (Points[k][i] - mean);
            }
            (Mean[i], Variances[i]) = (mean, Math.Max(squares / Math.Max(count - 1, 1), 1e-20 * (1 + (mean * mean))));
        }
        Factor = null;
        if (dimension > LongestFactor || count < 2 * dimension)
        {
            return;
        }
        double[] covariance = new double[dimension * dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k < count; k++)
                {
                    sum += (Points[k][i] - Mean[i]) * (Points[k][j] - Mean[j]);
                }
                covariance[(i * dimension) + j] = covariance[(j * dimension) + i] = i == j ? Variances[i] : sum / (count - 1);
            }
        }
        Factor = NormalApproximation.Factor(covariance, dimension);
    }
}
