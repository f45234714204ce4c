namespace Pyrite.Inference.Approximations;

/// <summary>A Normal distribution whose covariance is the inverse Hessian of curvature pairs, one Newton step from where they were seen.</summary>
/// <remarks>Zhang et al. (2022), algorithm 4: mean x + H g and covariance H. Points of up to 100 numbers take the Cholesky factor of H; longer ones a
/// factor in product form, H = W diag(α) W' with W a product of I - s z', z = y / y's - B s / sqrt(y's s'Bs), B the inverse before the pair (Brodlie,
/// Gourlay and Greenstadt, 1973), so that a draw costs what the pairs hold.</remarks>
internal sealed class NormalApproximation
{
    private const int LongestDense = 100;

    private readonly double[] roots;
    private readonly List<(double[] Step, double[] Pull)> factors = [];
    private readonly double[]? cholesky;

    /// <param name="pairs">The curvature.</param>
    /// <param name="point">Where the path stood.</param>
    /// <param name="gradient">The gradient of the log-density there.</param>
    public NormalApproximation(CurvaturePairs pairs, double[] point, double[] gradient)
    {
        int size = point.Length;
        roots = Array.ConvertAll(pairs.Diagonal, Math.Sqrt);
        Mean = pairs.Multiply(gradient);
        for (int i = 0; i < size; i++)
        {
            Mean[i] += point[i];
        }
        if (size <= LongestDense)
        {
            cholesky = Factor(pairs.Matrix(), size);
            LogDeterminant = double.NaN;
            if (cholesky is not null)
            {
                LogDeterminant = 2 * Enumerable.Range(0, size).Sum(i => Math.Log(cholesky[(i * size) + i]));
            }
            return;
        }
        LogDeterminant = pairs.Diagonal.Sum(Math.Log);
        for (int k = 0; k < pairs.Count; k++)
        {
            (double[] step, double[] change) = pairs[k];
            double[] bent = Inverse(step);
            double along = AscentPath.Dot(step, change), before = AscentPath.Dot(step, bent), root = Math.Sqrt(along * before);
            double[] pull = new double[size];
            for (int i = 0; i < size; i++)
            {
                pull[i] = (change[i] / along) - (bent[i] / root);
            }
            factors.Add((step, pull));
            LogDeterminant += Math.Log(before / along);
        }
    }

    /// <summary>The mean.</summary>
    public double[] Mean { get; }

    /// <summary>The logarithm of the determinant of the covariance; NaN where it is no covariance.</summary>
    public double LogDeterminant { get; }

    /// <summary>Whether it is a distribution: all numbers finite, and the covariance positive.</summary>
    public bool IsProper => double.IsFinite(LogDeterminant) && Array.TrueForAll(Mean, double.IsFinite);

    /// <summary>Makes a draw.</summary>
    /// <param name="normals">Independent standard normal numbers.</param>
    /// <param name="draw">Room for the draw.</param>
    /// <returns>The log-density of the draw under this distribution.</returns>
    public double Draw(ReadOnlySpan<double> normals, Span<double> draw)
    {
        int size = Mean.Length;
        double squares = AscentPath.Dot(normals, normals);
        if (cholesky is not null)
        {
            for (int i = 0; i < size; i++)
            {
                draw[i] = Mean[i] + AscentPath.Dot(cholesky.AsSpan(i * size, i + 1), normals[..(i + 1)]);
            }
        }
        else
        {
            for (int i = 0; i < size; i++)
            {
                draw[i] = roots[i] * normals[i];
            }
            foreach ((double[] step, double[] pull) in factors)
            {
                double share = AscentPath.Dot(pull, draw);
                for (int i = 0; i < size; i++)
                {
                    draw[i] -= share * step[i];
                }
            }
            for (int i = 0; i < size; i++)
            {
                draw[i] += Mean[i];
            }
        }
        return -0.5 * (LogDeterminant + squares + (size * Math.Log(2 * Math.PI)));
    }

    /// <summary>The lower Cholesky factor, row by row; null where the matrix is not positive.</summary>
    internal static double[]? Factor(double[] matrix, int size)
    {
        double[] factor = new double[matrix.Length];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = matrix[(i * size) + j] - AscentPath.Dot(factor.AsSpan(i * size, j), factor.AsSpan(j * size, j));
                if (i == j && !(rest > 0 && double.IsFinite(rest)))
                {
                    return null;
                }
                factor[(i * size) + j] = i == j ? Math.Sqrt(rest) : rest / factor[(j * size) + j];
            }
        }
        return factor;
    }

    /// <summary>The inverse of the covariance so far times a vector.</summary>
    private double[] Inverse(double[] vector)
    {
        double[] result = (double[])vector.Clone();
        for (int k = factors.Count - 1; k >= 0; k--)
        {
            (double[] step, double[] pull) = factors[k];
            AddScaled(result, step, AscentPath.Dot(pull, result) / (1 - AscentPath.Dot(pull, step)));
        }
        for (int i = 0; i < result.Length; i++)
        {
            result[i] /= roots[i] * roots[i];
        }
        foreach ((double[] step, double[] pull) in factors)
        {
            AddScaled(result, pull, AscentPath.Dot(step, result) / (1 - AscentPath.Dot(pull, step)));
        }
        return result;
    }

    private static void AddScaled(double[] sum, double[] term, double factor)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += factor * term[i];
        }
    }
}
