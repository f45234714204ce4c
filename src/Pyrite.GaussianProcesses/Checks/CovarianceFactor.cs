namespace Pyrite.Checks;

/// <summary>Cholesky factors of covariances, and words for those that have none.</summary>
internal static class CovarianceFactor
{
    private const double Rounding = 2.220446049250313e-16;

    private const double SymmetryTolerance = 1e-8;

    /// <summary>The lower-triangular factor. Where there is none, or a pivot is nothing but rounding, the check fails with words, in a recorded step
    /// when
    /// the program has run.</summary>
    /// <param name="owner">Who factors, for messages.</param>
    /// <param name="covariance">[.., n, n].</param>
    /// <param name="rows">The places, [.., n, columns].</param>
    /// <param name="jitter">What was added to the diagonal.</param>
    /// <param name="isSymmetric">Whether the matrix is known to be symmetric.</param>
    public static Tensor Of(string owner, Tensor covariance, Tensor rows, double jitter, bool isSymmetric)
    {
        Tensor factor = covariance.CholeskyFactor();
        using NoGradient.Scope untracked = NoGradient.Begin();
        double smallest = covariance.Shape[^1] * Rounding;
        Tensor verdict = (factor.Diagonal().Square() > smallest * covariance.Diagonal()).AllTrue();
        if (!isSymmetric)
        {
            verdict &= covariance.IsSymmetric(SymmetryTolerance).AllTrue();
        }
        Tensor places = rows.Detach();
        StepCheck.Add(verdict, new Refusal(value => Error(owner, value, places, jitter)), "covariance", covariance);
        return factor;
    }

    /// <summary>Fails where two rows are equal, since nothing then tells their values apart.</summary>
    public static void RequireRowsApart(string owner, Tensor rows)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        StepCheck.Add(RowsApart.Verdict(rows), new Refusal(value => Repeated(owner, value)), "places", rows);
    }

    private static ArgumentException Repeated(string owner, Tensor rows)
    {
        int columns = rows.Shape[^1];
        int area = columns * rows.Shape[^2];
        double[] numbers = rows.ToArray<double>();
        for (int start = 0; start < numbers.Length; start += area)
        {
            if (RowsApart.Pair(numbers.AsSpan(start, area), columns) is var (first, second))
            {
                return new ArgumentException(
                    $"{owner}: rows {first} and {second} of the places are equal ({Places.Row(numbers.AsSpan(start, area), columns, first)}), and "
                        + $"the process "
                        + "has no noise, so that their values cannot differ and the covariance is singular. Leave one out, give the process a noise "
                        + "variance, or give it a jitter.", "x");
            }
        }
        return new ArgumentException($"{owner}: two rows of the places are equal, and the process has no noise.", "x");
    }

    private static ArgumentException Error(string owner, Tensor covariance, Tensor rows, double jitter)
    {
        int n = covariance.Shape[^1];
        double[] all = covariance.ToArray<double>();
        Tensor? places = Read(rows);
        for (int start = 0; start < all.Length; start += n * n)
        {
            double[] matrix = all[start..(start + (n * n))];
            if (Fault(matrix, n, places, jitter) is { } fault)
            {
                string which = all.Length > n * n ? $" {start / (n * n)} of the batch" : "";
                return new ArgumentException($"{owner}: the covariance{which} of {n} rows could not be factored. {fault}");
            }
        }
        return new ArgumentException($"{owner}: the covariance of {n} rows could not be factored.");
    }

    /// <summary>The places where they can be read; those that a recorded step has computed are gone.</summary>
    private static Tensor? Read(Tensor rows)
    {
        try
        {
            rows.Materialize();
            return rows.Rank == 2 ? rows : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Fault(double[] matrix, int n, Tensor? rows, double jitter)
    {
        int bad = Array.FindIndex(matrix, entry => !double.IsFinite(entry));
        if (bad >= 0)
        {
            return $"Entry [{bad / n}, {bad % n}] is {ParameterCheck.Number(matrix[bad])}: look at the kernel's parameters and at the places.";
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double one = matrix[(i * n) + j], other = matrix[(j * n) + i];
                if (Math.Abs(one - other) > SymmetryTolerance * Math.Max(Math.Abs(one), Math.Abs(other)))
                {
                    return $"It is not symmetric: entry [{i}, {j}] is {ParameterCheck.Number(one)}, entry [{j}, {i}] {ParameterCheck.Number(other)}. "
                        + "A kernel must give the same for (x, z) and (z, x).";
                }
            }
        }
        Tensor covariance = Tensor.From<double>(matrix, [n, n]);
        if (IsFactored(covariance, n))
        {
            return null;
        }
        double[] eigenvalues = covariance.SymmetricEigenvalues().ToArray<double>();
        string closest = n > 1 ? Closest(matrix, n, rows) : "";
        return $"Its smallest eigenvalue is {ParameterCheck.Number(eigenvalues.Min())}, its largest {ParameterCheck.Number(eigenvalues.Max())}. "
            + $"{closest}"
            + $"{Remedy(covariance, n, eigenvalues, jitter)}";
    }

    private static bool IsFactored(Tensor covariance, int n)
    {
        double[] pivots = covariance.CholeskyFactor().Diagonal().ToArray<double>();
        double[] variances = covariance.Diagonal().ToArray<double>();
        return pivots.Zip(variances).All(pair => pair.First * pair.First > n * Rounding * pair.Second);
    }

    private static string Closest(double[] matrix, int n, Tensor? rows)
    {
        (double best, int first, int second) = (double.PositiveInfinity, 0, 1);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double apart = (matrix[(i * n) + i] + matrix[(j * n) + j] - (2 * matrix[(i * n) + j])) / (matrix[(i * n) + i] + matrix[(j * n) + j]);
                (best, first, second) = apart < best ? (apart, j, i) : (best, first, second);
            }
        }
        double correlation = matrix[(first * n) + second] / Math.Sqrt(matrix[(first * n) + first] * matrix[(second * n) + second]);
        double[]? places = rows?.ToArray<double>();
        string Shown(int row) => places is null ? $"{row}" : $"{row} ({Places.Row(places, places.Length / n, row)})";
        return $"Rows {Shown(first)} and {Shown(second)} are the closest, with a correlation of {ParameterCheck.Number(correlation)}. ";
    }

    /// <summary>The smallest power of ten that makes the factorization succeed.</summary>
    private static string Remedy(Tensor covariance, int n, double[] eigenvalues, double jitter)
    {
        double least = Math.Max(-eigenvalues.Min(), Rounding * eigenvalues.Max());
        if (-eigenvalues.Min() > 1e-6 * Math.Abs(eigenvalues.Max()))
        {
            return "That is more than rounding: the kernel is not positive semidefinite at these parameters.";
        }
        for (double power = Math.Pow(10, Math.Ceiling(Math.Log10(least))); power <= eigenvalues.Max(); power *= 10)
        {
            if (IsFactored(covariance + (power * Tensor.Identity(n, DType.Float64)), n))
            {
                return $"A jitter of {ParameterCheck.Number(jitter + power)} would do (it is {ParameterCheck.Number(jitter)}); noise of that "
                    + $"variance, or "
                    + "fewer rows, too.";
            }
        }
        return "No small jitter would do: leave rows out, or give the process noise.";
    }
}
