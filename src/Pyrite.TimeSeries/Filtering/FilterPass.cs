using static Pyrite.Filtering.SmallMatrix;

namespace Pyrite.Filtering;

/// <summary>One run of the Kalman filter over a series, with all that smoothers and gradients need of it.</summary>
/// <remarks>
/// Covariances are updated in Joseph's form, which stays symmetric and positive where observations are almost free of noise. While a state has an
/// infinite variance, observations are taken one by one with their noise as further states, by the exact recursions for the finite and the infinite
/// part of the variance (Koopman 1997; Durbin and Koopman, "Time series analysis by state space methods", 2012, chapter 5 and section 6.4).
/// </remarks>
internal sealed class FilterPass
{
    public static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    private readonly SystemShape shape;
    private readonly ObservedPart seen;
    private readonly double[] work;
    private readonly double[] work2;

    private FilterPass(SystemShape shape)
    {
        this.shape = shape;
        (int n, int p, int steps) = (shape.States, shape.Outputs, shape.Steps);
        seen = new ObservedPart(shape);
        (work, work2) = (new double[Math.Max(n, p) * Math.Max(n, p)], new double[Math.Max(n, p) * Math.Max(n, p)]);
        (PredictedMeans, FilteredMeans) = (new double[steps * n], new double[steps * n]);
        (PredictedCovariances, FilteredCovariances) = (new double[steps * n * n], new double[steps * n * n]);
        (Gains, Inverses) = (new double[steps * n * p], new double[steps * p * p]);
        (Innovations, Weighted, Terms) = (new double[steps * p], new double[steps * p], new double[steps]);
    }

    /// <summary>Means of the state before the step's observation.</summary>
    public double[] PredictedMeans { get; }

    /// <summary>Covariances before the step's observation; the finite part in diffuse steps.</summary>
    public double[] PredictedCovariances { get; }

    public double[] FilteredMeans { get; }

    public double[] FilteredCovariances { get; }

    /// <summary>K [n, m] of each step without a diffuse state.</summary>
    public double[] Gains { get; }

    /// <summary>The inverse covariances of what was observed, [m, m].</summary>
    public double[] Inverses { get; }

    /// <summary>v = y - d - Z a, of what was observed.</summary>
    public double[] Innovations { get; }

    /// <summary>F⁻¹ v.</summary>
    public double[] Weighted { get; }

    /// <summary>What each step adds to the log-likelihood.</summary>
    public double[] Terms { get; }

    /// <summary>The first steps, in which a state has an infinite variance before the observation.</summary>
    public List<DiffuseStep> Diffuse { get; } = [];

    /// <summary>Whether the density exists: each observation has a positive variance given those before.</summary>
    public bool IsProper { get; private set; } = true;

    /// <summary>The first step whose observations have no density.</summary>
    public int FirstImproperStep { get; private set; }

    public double LogLikelihood { get; private set; }

    /// <summary>Runs the filter.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="system">The numbers of the system and of the data, as the shape lays them out.</param>
    public static FilterPass Of(SystemShape shape, ReadOnlySpan<double> system)
    {
        FilterPass pass = new(shape);
        pass.Run(system);
        return pass;
    }

    private void Run(ReadOnlySpan<double> system)
    {
        (int n, int nn) = (shape.States, shape.Squares);
        ReadOnlySpan<double> mean = system.Slice(shape.MeanStart, n), covariance = system.Slice(shape.CovarianceStart, nn);
        double[]? infinite = InfinitePart();
        for (int t = 0; t < shape.Steps; t++)
        {
            Span<double> predicted = PredictedMeans.AsSpan(t * n, n), spread = PredictedCovariances.AsSpan(t * nn, nn);
            if (t > 0 || shape.StartsBefore)
            {
                ReadOnlySpan<double> transition = system.Slice(shape.TransitionTo(t), nn);
                Apply(transition, mean, predicted, n, n);
                AddScaled(predicted, 1, system.Slice(shape.StateShiftTo(t), n));
                Congruence(transition, covariance, system.Slice(shape.TransitionNoiseTo(t), nn), spread, work, n);
                if (infinite is not null)
                {
                    Congruence(transition, infinite, default, work2, work, n);
                    infinite = Array.TrueForAll(work2[..nn], entry => entry == 0) ? null : work2[..nn];
                }
            }
            else
            {
                mean.CopyTo(predicted);
                covariance.CopyTo(spread);
                Symmetrize(spread, n);
            }
            Span<double> filtered = FilteredMeans.AsSpan(t * n, n), left = FilteredCovariances.AsSpan(t * nn, nn);
            seen.Take(system, t);
            if (infinite is not null)
            {
                int rank = Diffuse.Count == 0 ? shape.Diffuse.Count(mark => mark == '1') : Diffuse[^1].RankAfter;
                DiffuseStep step = DiffuseStep.Of(predicted, spread, infinite, seen, rank);
                Diffuse.Add(step);
                step.After(filtered, left);
                infinite = step.InfiniteAfter;
                Terms[t] = step.Term(shape.CountsTwoPi);
            }
            else
            {
                Terms[t] = Update(t, predicted, spread, filtered, left);
            }
            LogLikelihood += Terms[t];
            if (!double.IsFinite(Terms[t]) && IsProper)
            {
                (IsProper, FirstImproperStep) = (false, t);
            }
            mean = filtered;
            covariance = left;
        }
    }

    private double Update(int t, ReadOnlySpan<double> predicted, ReadOnlySpan<double> spread, Span<double> filtered, Span<double> left)
    {
        (int n, int m) = (shape.States, seen.Count);
        predicted.CopyTo(filtered);
        spread.CopyTo(left);
        if (m == 0)
        {
            return 0;
        }
        ReadOnlySpan<double> z = seen.Matrix, noise = seen.Noise;
        Span<double> v = Innovations.AsSpan(t * shape.Outputs, m), u = Weighted.AsSpan(t * shape.Outputs, m);
        Span<double> gain = Gains.AsSpan(t * n * shape.Outputs, n * m), inverse = Inverses.AsSpan(t * shape.Outputs * shape.Outputs, m * m);
        Span<double> cross = stackalloc double[n * m <= 256 ? n * m : 0];
        cross = cross.IsEmpty ? new double[n * m] : cross;
        MultiplyTransposed(spread, z, cross, n, n, m);
        Multiply(z, cross, work, m, n, m);
        AddScaled(work.AsSpan(0, m * m), 1, noise);
        if (!InvertPositive(work, inverse, work2, m, out double logDeterminant))
        {
            return double.NaN;
        }
        for (int i = 0; i < m; i++)
        {
            v[i] = seen.Values[i] - Dot(z.Slice(i * n, n), predicted);
        }
        Apply(inverse, v, u, m, m);
        Multiply(cross, inverse, gain, n, m, m);
        for (int i = 0; i < n; i++)
        {
            filtered[i] += Dot(cross.Slice(i * m, m), u);
        }
        Joseph(z, noise, gain, cross, left, n, m);
        return -0.5 * ((m * LogTwoPi) + logDeterminant + Dot(v, u));
    }

    /// <summary>(I - K Z) P (I - K Z)' + K H K', with P Z' given.</summary>
    private void Joseph(ReadOnlySpan<double> z, ReadOnlySpan<double> noise, ReadOnlySpan<double> gain, ReadOnlySpan<double> cross, Span<double> left,
        int n, int m)
    {
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < m; k++)
            {
                double factor = gain[(i * m) + k];
                for (int j = 0; j < n; j++)
                {
                    left[(i * n) + j] -= factor * cross[(j * m) + k];
                }
            }
        }
        for (int i = 0; i < n; i++)
        {
            // What is left of P Z' in this row, less the gain times the noise: of the size of rounding.
            ReadOnlySpan<double> row = left.Slice(i * n, n);
            for (int k = 0; k < m; k++)
            {
                work[k] = Dot(row, z.Slice(k * n, n)) - Dot(gain.Slice(i * m, m), noise.Slice(k * m, m));
            }
            for (int j = 0; j < n; j++)
            {
                work2[(i * n) + j] = row[j] - Dot(work.AsSpan(0, m), gain.Slice(j * m, m));
            }
        }
        work2.AsSpan(0, n * n).CopyTo(left);
        Symmetrize(left, n);
    }

    private double[]? InfinitePart()
    {
        if (!shape.IsDiffuse)
        {
            return null;
        }
        double[] part = new double[shape.Squares];
        for (int i = 0; i < shape.States; i++)
        {
            part[(i * shape.States) + i] = shape.Diffuse[i] == '1' ? 1 : 0;
        }
        return part;
    }
}
