using static Pyrite.Filtering.SmallMatrix;

namespace Pyrite.Filtering;

/// <summary>What later observations say about a state: r = r0 + r1/k and N = N0 + N1/k + N2/k², with k the infinite variance.</summary>
internal sealed record Adjoints(int Size)
{
    public double[] R0 { get; init; } = new double[Size];

    public double[] R1 { get; init; } = new double[Size];

    public double[] N0 { get; init; } = new double[Size * Size];

    public double[] N1 { get; init; } = new double[Size * Size];

    public double[] N2 { get; init; } = new double[Size * Size];

    /// <summary>The smoothed mean: a + P r0 + P∞ r1.</summary>
    public double[] Mean(ReadOnlySpan<double> mean, double[] finite, double[]? infinite)
    {
        double[] result = mean.ToArray(), part = new double[Size];
        Apply(finite, R0, part, Size, Size);
        AddScaled(result, 1, part);
        if (infinite is not null)
        {
            Apply(infinite, R1, part, Size, Size);
            AddScaled(result, 1, part);
        }
        return result;
    }

    /// <summary>The smoothed covariance: P - P N0 P - P N1 P∞ - P∞ N1 P - P∞ N2 P∞.</summary>
    public double[] Covariance(double[] finite, double[]? infinite)
    {
        double[] result = [.. finite], left = new double[Size * Size], product = new double[Size * Size];
        Subtract(finite, N0, finite);
        if (infinite is not null)
        {
            Subtract(finite, N1, infinite);
            Subtract(infinite, N1, finite);
            Subtract(infinite, N2, infinite);
        }
        Symmetrize(result, Size);
        return result;

        void Subtract(double[] a, double[] middle, double[] b)
        {
            Multiply(a, middle, left, Size, Size, Size);
            Multiply(left, b, product, Size, Size, Size);
            AddScaled(result, -1, product);
        }
    }

    public Adjoints BeforeTransition(double[] transition)
    {
        return new Adjoints(Size) { R0 = Vector(R0), R1 = Vector(R1), N0 = Matrix(N0), N1 = Matrix(N1), N2 = Matrix(N2) };

        double[] Vector(double[] r)
        {
            double[] result = new double[Size];
            ApplyTransposed(transition, r, result, Size, Size);
            return result;
        }

        double[] Matrix(double[] n)
        {
            double[] result = new double[Size * Size], work = new double[Size * Size];
            TransposedCongruence(transition, n, result, work, Size);
            Symmetrize(result, Size);
            return result;
        }
    }

    public Adjoints BeforeDiffuse(DiffuseStep step)
    {
        if (step.Updates.Count == 0)
        {
            return this;
        }
        int size = Size + step.Updates.Count;
        Adjoints wide = new(size) { R0 = [.. R0, .. new double[size - Size]], R1 = [.. R1, .. new double[size - Size]] };
        Widen(N0, wide.N0, size);
        Widen(N1, wide.N1, size);
        Widen(N2, wide.N2, size);
        for (int i = step.Updates.Count - 1; i >= 0; i--)
        {
            wide = wide.Before(step.Updates[i]);
        }
        return new Adjoints(Size)
        {
            R0 = wide.R0[..Size],
            R1 = wide.R1[..Size],
            N0 = step.Block(wide.N0, size),
            N1 = step.Block(wide.N1, size),
            N2 = step.Block(wide.N2, size),
        };
    }

    private void Widen(double[] matrix, double[] target, int size)
    {
        for (int i = 0; i < Size; i++)
        {
            matrix.AsSpan(i * Size, Size).CopyTo(target.AsSpan(i * size));
        }
    }

    private Adjoints Before(ScalarUpdate update)
    {
        int n = Size;
        double[] keep = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            keep[(i * n) + i] = 1;
        }
        AddOuter(keep, -1, update.Gain, update.Row);
        double[] r0 = Through(keep, R0), r1 = Through(keep, R1);
        double[] n0 = Through(keep, N0, keep), n1 = Through(keep, N1, keep), n2 = Through(keep, N2, keep);
        if (!update.IsDiffuse)
        {
            AddScaled(r0, update.Innovation / update.FiniteVariance, update.Row);
            AddOuter(n0, 1 / update.FiniteVariance, update.Row, update.Row);
            return new Adjoints(n) { R0 = r0, R1 = r1, N0 = n0, N1 = n1, N2 = n2 };
        }

        // K = K∞ + K0/k + …, so L = L∞ - K0 z'/k.
        double[] change = new double[n * n], first = new double[n];
        double ratio = update.FiniteVariance / update.InfiniteVariance;
        for (int i = 0; i < n; i++)
        {
            first[i] = (update.FiniteCross[i] - (update.InfiniteCross[i] * ratio)) / update.InfiniteVariance;
        }
        AddOuter(change, -1, first, update.Row);
        AddScaled(r1, update.Innovation / update.InfiniteVariance, update.Row);
        AddScaled(r1, 1, Through(change, R0));
        AddOuter(n1, 1 / update.InfiniteVariance, update.Row, update.Row);
        AddBoth(n1, Through(keep, N0, change));
        AddOuter(n2, -ratio / update.InfiniteVariance, update.Row, update.Row);
        AddBoth(n2, Through(keep, N1, change));
        AddScaled(n2, 1, Through(change, N0, change));
        return new Adjoints(n) { R0 = r0, R1 = r1, N0 = n0, N1 = n1, N2 = n2 };
    }

    private double[] Through(double[] matrix, double[] r)
    {
        double[] result = new double[Size];
        ApplyTransposed(matrix, r, result, Size, Size);
        return result;
    }

    private double[] Through(double[] left, double[] middle, double[] right)
    {
        double[] product = new double[Size * Size], result = new double[Size * Size];
        Multiply(middle, right, product, Size, Size, Size);
        TransposedMultiply(left, product, result, Size, Size, Size);
        return result;
    }

    private void AddBoth(double[] target, double[] matrix)
    {
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                target[(i * Size) + j] += matrix[(i * Size) + j] + matrix[(j * Size) + i];
            }
        }
    }
}
