using static Pyrite.Filtering.SmallMatrix;

namespace Pyrite.Filtering;

/// <summary>One number observed without noise while a state may have an infinite variance: P + k P∞ with k to infinity.</summary>
internal sealed class ScalarUpdate
{
    // What rounding leaves of an infinite variance that earlier observations have taken away.
    private const double Rounding = 1e-9;

    public ScalarUpdate(double[] row, double value, double[] mean, double[] finite, double[] infinite, bool mayBeDiffuse)
    {
        (Row, Mean, Finite, Infinite) = (row, mean, finite, infinite);
        int n = mean.Length;
        (FiniteCross, InfiniteCross) = (new double[n], new double[n]);
        Apply(finite, row, FiniteCross, n, n);
        Apply(infinite, row, InfiniteCross, n, n);
        Innovation = value - Dot(row, mean);
        FiniteVariance = Dot(row, FiniteCross);
        InfiniteVariance = Dot(row, InfiniteCross);
        double size = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                size += Math.Abs(row[i] * infinite[(i * n) + j] * row[j]);
            }
        }
        IsDiffuse = mayBeDiffuse && InfiniteVariance > Rounding * size;
        double variance = IsDiffuse ? InfiniteVariance : FiniteVariance;
        Gain = [.. (IsDiffuse ? InfiniteCross : FiniteCross).Select(entry => entry / variance)];
    }

    /// <summary>z, a row of the observation matrix.</summary>
    public double[] Row { get; }

    /// <summary>The mean before.</summary>
    public double[] Mean { get; }

    /// <summary>P before.</summary>
    public double[] Finite { get; }

    /// <summary>P∞ before.</summary>
    public double[] Infinite { get; }

    /// <summary>P z.</summary>
    public double[] FiniteCross { get; }

    /// <summary>P∞ z.</summary>
    public double[] InfiniteCross { get; }

    public double Innovation { get; }

    public double FiniteVariance { get; }

    public double InfiniteVariance { get; }

    /// <summary>Whether the observation has an infinite variance, and takes up a diffuse state.</summary>
    public bool IsDiffuse { get; }

    public double[] Gain { get; }

    /// <summary>What the number adds to the log-likelihood.</summary>
    /// <param name="countsTwoPi">Whether -½ log 2π counts where the variance is infinite.</param>
    public double Term(bool countsTwoPi) => IsDiffuse
        ? -0.5 * ((countsTwoPi ? FilterPass.LogTwoPi : 0) + Math.Log(InfiniteVariance))
        : FiniteVariance > 0
            ? -0.5 * (FilterPass.LogTwoPi + Math.Log(FiniteVariance) + (Innovation * Innovation / FiniteVariance))
            : double.NaN;

    /// <summary>Mean and both parts of the covariance after the observation.</summary>
    public (double[] Mean, double[] Finite, double[] Infinite) After(bool isLastDiffuse)
    {
        double[] mean = [.. Mean], finite = [.. Finite], infinite = [.. Infinite];
        int n = mean.Length;
        AddScaled(mean, Innovation, Gain);
        if (!IsDiffuse)
        {
            AddOuter(finite, -1, FiniteCross, Gain);
            Symmetrize(finite, n);
            return (mean, finite, infinite);
        }
        AddOuter(finite, FiniteVariance, Gain, Gain);
        AddSymmetricOuter(finite, -1, Gain, FiniteCross);
        if (isLastDiffuse)
        {
            Array.Clear(infinite);
        }
        else
        {
            AddOuter(infinite, -1, InfiniteCross, Gain);
            Symmetrize(infinite, n);
        }
        return (mean, finite, infinite);
    }

    /// <summary>Takes gradients from behind the observation to before it.</summary>
    /// <param name="mean">The gradient for the mean; changed.</param>
    /// <param name="finite">The gradient for P, symmetric; changed.</param>
    /// <param name="infinite">The gradient for P∞, symmetric; changed.</param>
    /// <param name="row">The gradient for z; added to.</param>
    /// <returns>The gradient for the innovation.</returns>
    public double Backward(double[] mean, double[] finite, double[] infinite, Span<double> row)
    {
        int n = Mean.Length;
        double[] gain = new double[n], ofFinite = new double[n], ofInfinite = new double[n], product = new double[n];
        double innovation = Dot(mean, Gain), finiteVariance = 0, infiniteVariance = 0;
        AddScaled(gain, Innovation, mean);
        Apply(finite, Gain, product, n, n);
        if (IsDiffuse)
        {
            double[] withCross = new double[n], ofInfiniteGain = new double[n], ofInfiniteCross = new double[n];
            Apply(finite, FiniteCross, withCross, n, n);
            Apply(infinite, Gain, ofInfiniteGain, n, n);
            Apply(infinite, InfiniteCross, ofInfiniteCross, n, n);
            AddScaled(gain, 2 * FiniteVariance, product);
            AddScaled(gain, -2, withCross);
            AddScaled(gain, -1, ofInfiniteCross);
            AddScaled(ofInfinite, -1, ofInfiniteGain);
            AddScaled(ofInfinite, 1 / InfiniteVariance, gain);
            infiniteVariance = (-0.5 / InfiniteVariance) - (Dot(gain, Gain) / InfiniteVariance);
            finiteVariance = Dot(Gain, product);
            AddScaled(ofFinite, -2, product);
        }
        else
        {
            double[] withCross = new double[n];
            Apply(finite, FiniteCross, withCross, n, n);
            AddScaled(gain, -1, withCross);
            AddScaled(ofFinite, -1, product);
            AddScaled(ofFinite, 1 / FiniteVariance, gain);
            double share = Innovation / FiniteVariance;
            finiteVariance = (-Dot(gain, Gain) / FiniteVariance) - (0.5 * ((1 / FiniteVariance) - (share * share)));
            innovation -= share;
        }
        AddScaled(ofFinite, finiteVariance, Row);
        AddScaled(ofInfinite, infiniteVariance, Row);
        AddScaled(row, finiteVariance, FiniteCross);
        AddScaled(row, infiniteVariance, InfiniteCross);
        AddProduct(row, Finite, ofFinite);
        AddProduct(row, Infinite, ofInfinite);
        AddSymmetricOuter(finite, 0.5, ofFinite, Row);
        AddSymmetricOuter(infinite, 0.5, ofInfinite, Row);
        AddScaled(mean, -innovation, Row);
        AddScaled(row, -innovation, Mean);
        return innovation;
    }

    private static void AddProduct(Span<double> target, double[] matrix, double[] vector)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += Dot(matrix.AsSpan(i * vector.Length, vector.Length), vector);
        }
    }
}
