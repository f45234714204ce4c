namespace Pyrite.Filtering;

/// <summary>Products of small matrices, row-major in spans.</summary>
internal static class SmallMatrix
{
    /// <summary>result = a b, with a [m, k] and b [k, n].</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result, int m, int k, int n)
    {
        for (int i = 0; i < m; i++)
        {
            Span<double> row = result.Slice(i * n, n);
            row.Clear();
            for (int l = 0; l < k; l++)
            {
                double factor = a[(i * k) + l];
                if (factor == 0)
                {
                    continue;
                }
                ReadOnlySpan<double> other = b.Slice(l * n, n);
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] += factor * other[j];
                }
            }
        }
    }

    /// <summary>result = a b', with a [m, k] and b [n, k].</summary>
    public static void MultiplyTransposed(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result, int m, int k, int n)
    {
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<double> row = a.Slice(i * k, k);
            for (int j = 0; j < n; j++)
            {
                result[(i * n) + j] = Dot(row, b.Slice(j * k, k));
            }
        }
    }

    /// <summary>result = a' b, with a [k, m] and b [k, n].</summary>
    public static void TransposedMultiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result, int m, int k, int n)
    {
        result[..(m * n)].Clear();
        for (int l = 0; l < k; l++)
        {
            ReadOnlySpan<double> other = b.Slice(l * n, n);
            for (int i = 0; i < m; i++)
            {
                double factor = a[(l * m) + i];
                if (factor != 0)
                {
                    AddScaled(result.Slice(i * n, n), factor, other);
                }
            }
        }
    }

    /// <summary>result = t p t' + q for symmetric p and q, [n, n]; the n² numbers of work hold t p afterwards.</summary>
    public static void Congruence(ReadOnlySpan<double> t, ReadOnlySpan<double> p, ReadOnlySpan<double> q, Span<double> result, Span<double> work,
        int n)
    {
        Multiply(t, p, work, n, n, n);
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = work.Slice(i * n, n);
            for (int j = 0; j <= i; j++)
            {
                double entry = Dot(row, t.Slice(j * n, n)) + (q.IsEmpty ? 0 : 0.5 * (q[(i * n) + j] + q[(j * n) + i]));
                result[(i * n) + j] = entry;
                result[(j * n) + i] = entry;
            }
        }
    }

    /// <summary>result = t' p t for symmetric p; the n² numbers of work hold p t afterwards.</summary>
    public static void TransposedCongruence(ReadOnlySpan<double> t, ReadOnlySpan<double> p, Span<double> result, Span<double> work, int n)
    {
        Multiply(p, t, work, n, n, n);
        TransposedMultiply(t, work, result, n, n, n);
    }

    /// <summary>result = a x, with a [m, n].</summary>
    public static void Apply(ReadOnlySpan<double> a, ReadOnlySpan<double> x, Span<double> result, int m, int n)
    {
        for (int i = 0; i < m; i++)
        {
            result[i] = Dot(a.Slice(i * n, n), x);
        }
    }

    /// <summary>result = a' x, with a [m, n].</summary>
    public static void ApplyTransposed(ReadOnlySpan<double> a, ReadOnlySpan<double> x, Span<double> result, int m, int n)
    {
        result[..n].Clear();
        for (int i = 0; i < m; i++)
        {
            AddScaled(result[..n], x[i], a.Slice(i * n, n));
        }
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length && i < b.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// <summary>target += factor x.</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> x)
    {
        for (int i = 0; i < target.Length && i < x.Length; i++)
        {
            target[i] += factor * x[i];
        }
    }

    /// <summary>target += factor a b', with vectors a and b.</summary>
    public static void AddOuter(Span<double> target, double factor, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            AddScaled(target.Slice(i * b.Length, b.Length), factor * a[i], b);
        }
    }

    /// <summary>target += factor (a b' + b a'), with vectors a and b.</summary>
    public static void AddSymmetricOuter(Span<double> target, double factor, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        AddOuter(target, factor, a, b);
        AddOuter(target, factor, b, a);
    }

    /// <summary>Makes a matrix the mean of itself and its transpose.</summary>
    public static void Symmetrize(Span<double> a, int n)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double mean = 0.5 * (a[(i * n) + j] + a[(j * n) + i]);
                a[(i * n) + j] = mean;
                a[(j * n) + i] = mean;
            }
        }
    }

    /// <summary>The inverse and the log-determinant of a symmetric positive definite matrix; false where it is none.</summary>
    public static bool InvertPositive(ReadOnlySpan<double> a, Span<double> inverse, Span<double> work, int n, out double logDeterminant)
    {
        logDeterminant = 0;
        if (n == 1)
        {
            (inverse[0], logDeterminant) = (1 / a[0], Math.Log(a[0]));
            return a[0] > 0 && double.IsFinite(logDeterminant);
        }
        if (!Factorize(a, work, n, out logDeterminant))
        {
            return false;
        }
        for (int column = 0; column < n; column++)
        {
            for (int i = 0; i < n; i++)
            {
                double sum = i == column ? 1 : 0;
                for (int k = 0; k < i; k++)
                {
                    sum -= work[(i * n) + k] * inverse[(k * n) + column];
                }
                inverse[(i * n) + column] = sum / work[(i * n) + i];
            }
            for (int i = n - 1; i >= 0; i--)
            {
                double sum = inverse[(i * n) + column];
                for (int k = i + 1; k < n; k++)
                {
                    sum -= work[(k * n) + i] * inverse[(k * n) + column];
                }
                inverse[(i * n) + column] = sum / work[(i * n) + i];
            }
        }
        Symmetrize(inverse, n);
        return true;
    }

    /// <summary>A lower-triangular L with L L' = a for a positive semidefinite matrix; columns of pivots that are 0 within rounding are 0.</summary>
    public static void SemidefiniteFactor(ReadOnlySpan<double> a, Span<double> factor, int n)
    {
        factor[..(n * n)].Clear();
        for (int j = 0; j < n; j++)
        {
            double pivot = a[(j * n) + j];
            for (int k = 0; k < j; k++)
            {
                pivot -= factor[(j * n) + k] * factor[(j * n) + k];
            }
            if (!(pivot > 1e-13 * Math.Abs(a[(j * n) + j])))
            {
                continue;
            }
            double root = Math.Sqrt(pivot);
            factor[(j * n) + j] = root;
            for (int i = j + 1; i < n; i++)
            {
                double sum = a[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[(i * n) + k] * factor[(j * n) + k];
                }
                factor[(i * n) + j] = sum / root;
            }
        }
    }

    /// <summary>Adds the gradient for a, symmetric, that follows from one for its <see cref="SemidefiniteFactor"/>.</summary>
    /// <remarks>The factorization walked backwards (Smith, "Differentiation of the Cholesky algorithm", 1995); columns of 0 add nothing.</remarks>
    /// <param name="factor">The factor, [n, n].</param>
    /// <param name="ofFactor">The gradient for it; its upper triangle is passed over, the lower one is overwritten.</param>
    /// <param name="target">Added to.</param>
    /// <param name="n">The size.</param>
    public static void AddSemidefiniteGradient(ReadOnlySpan<double> factor, Span<double> ofFactor, Span<double> target, int n)
    {
        for (int j = n - 1; j >= 0; j--)
        {
            double root = factor[(j * n) + j];
            if (root == 0)
            {
                continue;
            }
            for (int i = j + 1; i < n; i++)
            {
                double ofSum = ofFactor[(i * n) + j] / root;
                ofFactor[(j * n) + j] -= ofSum * factor[(i * n) + j];
                target[(i * n) + j] += 0.5 * ofSum;
                target[(j * n) + i] += 0.5 * ofSum;
                for (int k = 0; k < j; k++)
                {
                    ofFactor[(i * n) + k] -= ofSum * factor[(j * n) + k];
                    ofFactor[(j * n) + k] -= ofSum * factor[(i * n) + k];
                }
            }
            double ofPivot = 0.5 * ofFactor[(j * n) + j] / root;
            target[(j * n) + j] += ofPivot;
            for (int k = 0; k < j; k++)
            {
                ofFactor[(j * n) + k] -= 2 * ofPivot * factor[(j * n) + k];
            }
        }
    }

    private static bool Factorize(ReadOnlySpan<double> a, Span<double> factor, int n, out double logDeterminant)
    {
        logDeterminant = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[(i * n) + k] * factor[(j * n) + k];
                }
                if (i > j)
                {
                    factor[(i * n) + j] = sum / factor[(j * n) + j];
                    continue;
                }

                // A pivot that is nothing but rounding belongs to a singular matrix.
                if (!(sum > 1e-14 * Math.Abs(a[(i * n) + i])) || !double.IsFinite(sum))
                {
                    return false;
                }
                factor[(i * n) + i] = Math.Sqrt(sum);
                logDeterminant += Math.Log(sum);
            }
        }
        return true;
    }
}
