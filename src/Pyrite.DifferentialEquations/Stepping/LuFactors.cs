namespace Pyrite.Stepping;

/// <summary>The factors of a small square matrix, for many systems with it and with its transpose.</summary>
/// <remarks>Gaussian elimination with partial pivoting, in numbers of its own: a step of the solver allocates nothing.</remarks>
internal sealed class LuFactors(int size)
{
    private const double SmallestUnit = 1e-150;

    private readonly double[] shares = new double[size];
    private readonly double[] factors = new double[size * size];
    private readonly int[] pivots = new int[size];
    private readonly double[] copy = new double[size];

    /// <summary>Factorizes diagonal·I - A.</summary>
    /// <param name="diagonal">What stands on the diagonal.</param>
    /// <param name="matrix">A, row by row.</param>
    /// <param name="units">The unit of each row, by which entries are divided where pivots are chosen: rows whose numbers are large only because of
    /// their unit shall not take the place of others. Empty for none.</param>
    /// <returns>Whether the matrix is regular and finite.</returns>
    public bool Factorize(double diagonal, ReadOnlySpan<double> matrix, ReadOnlySpan<double> units = default)
    {
        int n = size;
        double[] a = factors;
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = -matrix[i];
        }
        for (int i = 0; i < n; i++)
        {
            a[(i * n) + i] += diagonal;
        }
        for (int i = 0; i < n; i++)
        {
            shares[i] = units.IsEmpty ? 1 : 1 / Math.Max(units[i], SmallestUnit);
        }
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
            {
                pivot = Math.Abs(a[(i * n) + k]) * shares[i] > Math.Abs(a[(pivot * n) + k]) * shares[pivot] ? i : pivot;
            }
            pivots[k] = pivot;
            if (pivot != k)
            {
                (shares[k], shares[pivot]) = (shares[pivot], shares[k]);
                for (int j = 0; j < n; j++)
                {
                    (a[(k * n) + j], a[(pivot * n) + j]) = (a[(pivot * n) + j], a[(k * n) + j]);
                }
            }
            double top = a[(k * n) + k];
            if (top == 0 || !double.IsFinite(top))
            {
                return false;
            }
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[(i * n) + k] /= top;
                if (factor != 0)
                {
                    for (int j = k + 1; j < n; j++)
                    {
                        a[(i * n) + j] -= factor * a[(k * n) + j];
                    }
                }
            }
        }
        return true;
    }

    /// <summary>Solves a system in place.</summary>
    public void Solve(Span<double> b)
    {
        int n = size;
        for (int k = 0; k < n; k++)
        {
            (b[k], b[pivots[k]]) = (b[pivots[k]], b[k]);
        }
        for (int i = 1; i < n; i++)
        {
            double sum = b[i];
            for (int j = 0; j < i; j++)
            {
                sum -= factors[(i * n) + j] * b[j];
            }
            b[i] = sum;
        }
        for (int i = n - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int j = i + 1; j < n; j++)
            {
                sum -= factors[(i * n) + j] * b[j];
            }
            b[i] = sum / factors[(i * n) + i];
        }
    }

    /// <summary>Solves a system with the transpose.</summary>
    /// <param name="b">The right-hand side.</param>
    /// <param name="x">Takes the solution.</param>
    public void SolveTransposed(ReadOnlySpan<double> b, Span<double> x)
    {
        int n = size;
        b.CopyTo(copy);
        for (int i = 0; i < n; i++)
        {
            double sum = copy[i];
            for (int j = 0; j < i; j++)
            {
                sum -= factors[(j * n) + i] * copy[j];
            }
            copy[i] = sum / factors[(i * n) + i];
        }
        for (int i = n - 2; i >= 0; i--)
        {
            double sum = copy[i];
            for (int j = i + 1; j < n; j++)
            {
                sum -= factors[(j * n) + i] * copy[j];
            }
            copy[i] = sum;
        }
        for (int k = n - 1; k >= 0; k--)
        {
            (copy[k], copy[pivots[k]]) = (copy[pivots[k]], copy[k]);
        }
        copy.CopyTo(x);
    }
}
