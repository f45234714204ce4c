namespace Pyrite.Filtering;

/// <summary>A step in which a state has an infinite variance: its observations one by one, with their noise as further states.</summary>
internal sealed class DiffuseStep
{
    private readonly int states;

    private DiffuseStep(int states) => this.states = states;

    /// <summary>P∞ before the observations, [n, n].</summary>
    public required double[] InfiniteBefore { get; init; }

    /// <summary>P∞ after them; null once nothing is infinite.</summary>
    public double[]? InfiniteAfter { get; private set; }

    /// <summary>How many directions of the state still have an infinite variance.</summary>
    public int RankAfter { get; private set; }

    /// <summary>The observations, in order.</summary>
    public List<ScalarUpdate> Updates { get; } = [];

    private double[] MeanAfter { get; set; } = [];

    private double[] FiniteAfter { get; set; } = [];

    public static DiffuseStep Of(ReadOnlySpan<double> mean, ReadOnlySpan<double> finite, double[] infinite, ObservedPart seen, int rank)
    {
        (int n, int m) = (mean.Length, seen.Count);
        int size = n + m;
        DiffuseStep step = new(n) { InfiniteBefore = infinite, RankAfter = rank };
        double[] a = new double[size], p = new double[size * size], q = new double[size * size];
        mean.CopyTo(a);
        for (int i = 0; i < n; i++)
        {
            finite.Slice(i * n, n).CopyTo(p.AsSpan(i * size));
            infinite.AsSpan(i * n, n).CopyTo(q.AsSpan(i * size));
        }
        for (int i = 0; i < m; i++)
        {
            seen.Noise.Slice(i * m, m).CopyTo(p.AsSpan(((n + i) * size) + n));
        }
        for (int i = 0; i < m; i++)
        {
            double[] row = new double[size];
            seen.Matrix.Slice(i * n, n).CopyTo(row);
            row[n + i] = 1;
            ScalarUpdate update = new(row, seen.Values[i], a, p, q, step.RankAfter > 0);
            step.Updates.Add(update);
            step.RankAfter -= update.IsDiffuse ? 1 : 0;
            (a, p, q) = update.After(step.RankAfter == 0);
        }
        (step.MeanAfter, step.FiniteAfter) = (a, p);
        step.InfiniteAfter = step.RankAfter == 0 ? null : step.Block(q, size);
        return step;
    }

    /// <summary>The mean and the finite part of the covariance after the observations.</summary>
    public void After(Span<double> mean, Span<double> finite)
    {
        MeanAfter.AsSpan(0, states).CopyTo(mean);
        Block(FiniteAfter, MeanAfter.Length).CopyTo(finite);
    }

    public double Term(bool countsTwoPi) => Updates.Sum(update => update.Term(countsTwoPi));

    /// <summary>The part of a larger matrix that belongs to the states.</summary>
    public double[] Block(double[] matrix, int size)
    {
        double[] block = new double[states * states];
        for (int i = 0; i < states; i++)
        {
            matrix.AsSpan(i * size, states).CopyTo(block.AsSpan(i * states));
        }
        return block;
    }
}
