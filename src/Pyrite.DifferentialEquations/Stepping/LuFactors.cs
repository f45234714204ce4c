namespace Pyrite.Stepping;

/// <summary>The factors of a square matrix, for many systems with it and with its transpose.</summary>
/// <remarks>Gaussian elimination with partial pivoting, in numbers of its own: a step of the solver allocates nothing. Components that do not
/// depend on each other in a circle are separate blocks (<see cref="BlockOrder"/>), so a batch of equations, or an equation with its sensitivities,
/// costs the sum of its blocks.</remarks>
internal sealed class LuFactors(int size)
{
    private const double SmallestUnit = 1e-150;

    private readonly BlockOrder order = new(size);
    private readonly double[] shares = new double[size];
    private readonly double[] factors = new double[size * size];
    private readonly int[] pivots = new int[size];
    private readonly double[] copy = new double[size];
    private double[] couplings = [];

    /// <summary>Forgets which components depend on which; what follows depends on nothing before.</summary>
    public void Restart() => order.Restart();

    /// <summary>Factorizes diagonal·I - A.</summary>
    /// <param name="diagonal">What stands on the diagonal.</param>
    /// <param name="matrix">A, row by row.</param>
    /// <param name="units">The unit of each row, by which entries are divided where pivots are chosen: rows whose numbers are large only because of
    /// their unit shall not take the place of others. Empty for none.</param>
    /// <returns>Whether the matrix is regular and finite.</returns>
    public bool Factorize(double diagonal, ReadOnlySpan<double> matrix, ReadOnlySpan<double> units = default)
    {
        order.Take(matrix);
        int at = 0;
        for (int block = 0; block < order.Blocks; block++)
        {
            ReadOnlySpan<int> members = order.MembersOf(block);
            int n = members.Length, first = order.StartOf(block);
            Span<double> a = factors.AsSpan(at, n * n), own = shares.AsSpan(first, n);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    a[(i * n) + j] = -matrix[(members[i] * size) + members[j]];
                }
                a[(i * n) + i] += diagonal;
                own[i] = units.IsEmpty ? 1 : 1 / Math.Max(units[members[i]], SmallestUnit);
            }
            if (!Eliminate(a, own, pivots.AsSpan(first, n)))
            {
                return false;
            }
            at += n * n;
        }
        ReadOnlySpan<Coupling> between = order.Couplings;
        if (couplings.Length < between.Length)
        {
            couplings = new double[Math.Max(between.Length, 2 * couplings.Length)];
        }
        for (int k = 0; k < between.Length; k++)
        {
            couplings[k] = matrix[between[k].Entry];
        }
        return true;
    }

    /// <summary>Solves a system in place.</summary>
    public void Solve(Span<double> b)
    {
        if (order.Blocks == 1)
        {
            Solve(factors, pivots, b);
            return;
        }
        ReadOnlySpan<Coupling> between = order.Couplings;
        order.Sort(b, copy);
        int at = 0, k = 0;
        for (int block = 0; block < order.Blocks; block++)
        {
            int first = order.StartOf(block), n = order.MembersOf(block).Length;
            for (; k < between.Length && between[k].Row < first + n; k++)
            {
                copy[between[k].Row] += couplings[k] * copy[between[k].Column];
            }
            Solve(factors.AsSpan(at, n * n), pivots.AsSpan(first, n), copy.AsSpan(first, n));
            at += n * n;
        }
        order.Unsort(copy, b);
    }

    /// <summary>Solves a system with the transpose.</summary>
    /// <param name="b">The right-hand side.</param>
    /// <param name="x">Takes the solution.</param>
    public void SolveTransposed(ReadOnlySpan<double> b, Span<double> x)
    {
        ReadOnlySpan<Coupling> between = order.Couplings;
        order.Sort(b, copy);
        int at = order.Squares, k = between.Length - 1;
        for (int block = order.Blocks - 1; block >= 0; block--)
        {
            int first = order.StartOf(block), n = order.MembersOf(block).Length;
            at -= n * n;
            SolveTransposed(factors.AsSpan(at, n * n), pivots.AsSpan(first, n), copy.AsSpan(first, n));
            for (; k >= 0 && between[k].Row >= first; k--)
            {
                copy[between[k].Column] += couplings[k] * copy[between[k].Row];
            }
        }
        order.Unsort(copy, x);
    }

    private static bool Eliminate(Span<double> a, Span<double> shares, Span<int> pivots)
    {
        int n = shares.Length;
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

    private static void Solve(ReadOnlySpan<double> a, ReadOnlySpan<int> pivots, Span<double> b)
    {
        int n = b.Length;
        for (int k = 0; k < n; k++)
        {
            (b[k], b[pivots[k]]) = (b[pivots[k]], b[k]);
        }
        for (int i = 1; i < n; i++)
        {
            double sum = b[i];
            for (int j = 0; j < i; j++)
            {
                sum -= a[(i * n) + j] * b[j];
            }
            b[i] = sum;
        }
        for (int i = n - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int j = i + 1; j < n; j++)
            {
                sum -= a[(i * n) + j] * b[j];
            }
            b[i] = sum / a[(i * n) + i];
        }
    }

    private static void SolveTransposed(ReadOnlySpan<double> a, ReadOnlySpan<int> pivots, Span<double> b)
    {
        int n = b.Length;
        for (int i = 0; i < n; i++)
        {
            double sum = b[i];
            for (int j = 0; j < i; j++)
            {
                sum -= a[(j * n) + i] * b[j];
            }
            b[i] = sum / a[(i * n) + i];
        }
        for (int i = n - 2; i >= 0; i--)
        {
            double sum = b[i];
            for (int j = i + 1; j < n; j++)
            {
                sum -= a[(j * n) + i] * b[j];
            }
            b[i] = sum;
        }
        for (int k = n - 1; k >= 0; k--)
        {
            (b[k], b[pivots[k]]) = (b[pivots[k]], b[k]);
        }
    }
}
