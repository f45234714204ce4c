namespace Pyrite.Inference.Validation;

/// <summary>x → Ax + b in several dimensions.</summary>
internal sealed class AffineMap
{
    private readonly double[,] matrix;
    private readonly double[] offset;

    private AffineMap(double[,] matrix, double[] offset, double logVolume)
    {
        this.matrix = matrix;
        this.offset = offset;
        LogVolume = logVolume;
    }

    /// <summary>log |det A|.</summary>
    public double LogVolume { get; }

    /// <summary>The map that changes nothing.</summary>
    public static AffineMap Identity(int dimension)
    {
        double[] ones = new double[dimension];
        Array.Fill(ones, 1);
        return new AffineMap(Diagonal(ones), new double[dimension], 0);
    }

    /// <summary>Maps that bring points to the moments that they have with weights: the mean; mean and variances; mean and covariance, the last
    /// where there are more points than dimensions and the covariances are definite.</summary>
    public static IEnumerable<AffineMap> Towards(double[][] points, IReadOnlyList<double> logWeights)
    {
        int count = points.Length, dimension = points[0].Length;
        double[] weights = [.. logWeights.Select(Math.Exp)], equal = new double[count];
        Array.Fill(equal, 1.0 / count);
        double[] mean = Mean(points, equal), target = Mean(points, weights);
        yield return Around(Identity(dimension).matrix, mean, target, 0);

        // Divisors as in the paper's own program: S / (S - 1) for variances, 1 - Σw² for covariances.
        double[,] plain = Covariance(points, equal, mean), weighted = Covariance(points, weights, target);
        double[] scales = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            scales[i] = Math.Sqrt(weighted[i, i] / plain[i, i]);
        }
        if (Array.TrueForAll(scales, scale => double.IsFinite(scale) && scale > 0))
        {
            yield return Around(Diagonal(scales), mean, target, scales.Sum(Math.Log));
        }
        double squares = weights.Sum(weight => weight * weight), factor = (1 - (1.0 / count)) / (1 - squares);
        if (count > dimension && squares < 1 && Cholesky(plain) is { } from && Cholesky(weighted) is { } to)
        {
            double[,] map = DividedBy(to, from);
            double logVolume = 0.5 * dimension * Math.Log(factor);
            for (int i = 0; i < dimension; i++)
            {
                logVolume += Math.Log(to[i, i] / from[i, i]);
                for (int j = 0; j <= i; j++)
                {
                    map[i, j] *= Math.Sqrt(factor);
                }
            }
            yield return Around(map, mean, target, logVolume);
        }
    }

    /// <summary>This map, and then another.</summary>
    public AffineMap Then(AffineMap next)
    {
        int n = offset.Length;
        double[,] product = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                {
                    product[i, j] += next.matrix[i, k] * matrix[k, j];
                }
            }
        }
        return new AffineMap(product, next.Apply(offset), LogVolume + next.LogVolume);
    }

    /// <summary>The images of points.</summary>
    public double[][] Apply(double[][] points) => Array.ConvertAll(points, Apply);

    /// <summary>The points whose images are given.</summary>
    /// <remarks>All matrices here are lower triangular, and so are their products.</remarks>
    public double[][] ApplyInverse(double[][] images) => Array.ConvertAll(images, image =>
    {
        double[] x = new double[offset.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double rest = image[i] - offset[i];
            for (int j = 0; j < i; j++)
            {
                rest -= matrix[i, j] * x[j];
            }
            x[i] = rest / matrix[i, i];
        }
        return x;
    });

    private double[] Apply(double[] point)
    {
        double[] image = new double[offset.Length];
        for (int i = 0; i < image.Length; i++)
        {
            double sum = offset[i];
            for (int j = 0; j <= i; j++)
            {
                sum += matrix[i, j] * point[j];
            }
            image[i] = sum;
        }
        return image;
    }

    /// <summary>x → A (x - from) + to.</summary>
    private static AffineMap Around(double[,] matrix, double[] from, double[] to, double logVolume)
    {
        AffineMap linear = new(matrix, new double[from.Length], logVolume);
        return new AffineMap(matrix, [.. to.Zip(linear.Apply(from), (target, moved) => target - moved)], logVolume);
    }

    private static double[,] Diagonal(double[] entries)
    {
        double[,] matrix = new double[entries.Length, entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            matrix[i, i] = entries[i];
        }
        return matrix;
    }

    private static double[] Mean(double[][] points, double[] weights)
    {
        double[] mean = new double[points[0].Length];
        for (int s = 0; s < points.Length; s++)
        {
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += weights[s] * points[s][i];
            }
        }
        return mean;
    }

    /// <summary>Σ w (x - mean)(x - mean)ᵀ, its lower triangle.</summary>
    private static double[,] Covariance(double[][] points, double[] weights, double[] mean)
    {
        int n = mean.Length;
        double[,] sums = new double[n, n];
        double[] centred = new double[n];
        for (int s = 0; s < points.Length; s++)
        {
            for (int i = 0; i < n; i++)
            {
                centred[i] = points[s][i] - mean[i];
                for (int j = 0; j <= i; j++)
                {
                    sums[i, j] += weights[s] * centred[i] * centred[j];
                }
            }
        }
        return sums;
    }

    /// <summary>The lower factor; null where the matrix is not definite.</summary>
    private static double[,]? Cholesky(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[,] factor = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = matrix[i, j];
                for (int k = 0; k < j; k++)
                {
                    rest -= factor[i, k] * factor[j, k];
                }
                if (i == j && !(rest > 1e-12 * matrix[i, i]))
                {
                    return null;
                }
                factor[i, j] = i == j ? Math.Sqrt(rest) : rest / factor[j, j];
            }
        }
        return factor;
    }

    /// <summary>L M⁻¹ of lower triangles.</summary>
    private static double[,] DividedBy(double[,] l, double[,] m)
    {
        int n = l.GetLength(0);
        double[,] result = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j >= 0; j--)
            {
                double rest = l[i, j];
                for (int k = j + 1; k <= i; k++)
                {
                    rest -= result[i, k] * m[k, j];
                }
                result[i, j] = rest / m[j, j];
            }
        }
        return result;
    }
}
