using static Pyrite.Filtering.SmallMatrix;

namespace Pyrite.Filtering;

/// <summary>The gradient of a filter's log-likelihood in all numbers of the system and in the data, by one pass back.</summary>
/// <remarks>With the optimal gain, Joseph's form does not change to first order when the gain does, so that the gradient for P is A' S A with
/// A = I - K Z and S the gradient behind the update.</remarks>
internal sealed class FilterGradient
{
    private readonly SystemShape shape;
    private readonly FilterPass pass;
    private readonly ObservedPart seen;
    private readonly double[] mean;
    private readonly double[] covariance;
    private readonly double[] work;
    private readonly double[] work2;
    private readonly double[] vector;
    private readonly double[] scratch;

    private FilterGradient(SystemShape shape, FilterPass pass)
    {
        (this.shape, this.pass) = (shape, pass);
        int n = shape.States, largest = Math.Max(n, shape.Outputs);
        seen = new ObservedPart(shape);
        (mean, covariance, vector) = (new double[n], new double[n * n], new double[largest]);
        (work, work2) = (new double[largest * largest], new double[largest * largest]);
        scratch = new double[(3 * shape.Outputs * n) + (shape.Outputs * shape.Outputs) + (2 * n) + (3 * shape.Outputs)];
    }

    /// <summary>Adds the gradient, and gives the log-likelihood; NaN where there is no density.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="system">The numbers of the system and of the data.</param>
    /// <param name="gradient">As long as the system; added to.</param>
    public static double Add(SystemShape shape, ReadOnlySpan<double> system, Span<double> gradient)
    {
        FilterPass pass = FilterPass.Of(shape, system);
        if (!pass.IsProper)
        {
            gradient.Fill(double.NaN);
            return double.NaN;
        }
        new FilterGradient(shape, pass).Run(system, gradient);
        return pass.LogLikelihood;
    }

    private void Run(ReadOnlySpan<double> system, Span<double> gradient)
    {
        (int n, int nn) = (shape.States, shape.Squares);
        double[] infinite = new double[nn];
        for (int t = shape.Steps - 1; t >= 0; t--)
        {
            seen.Take(system, t);
            if (t < pass.Diffuse.Count)
            {
                BackThroughDiffuse(t, infinite, gradient);
            }
            else if (seen.Count > 0)
            {
                BackThroughUpdate(t, gradient);
            }
            if (t == 0 && !shape.StartsBefore)
            {
                break;
            }
            BackThroughTransition(t, system, infinite, gradient);
        }
        AddScaled(gradient.Slice(shape.MeanStart, n), 1, mean);
        AddScaled(gradient.Slice(shape.CovarianceStart, nn), 1, covariance);
    }

    private void BackThroughTransition(int t, ReadOnlySpan<double> system, double[] infinite, Span<double> gradient)
    {
        (int n, int nn) = (shape.States, shape.Squares);
        ReadOnlySpan<double> transition = system.Slice(shape.TransitionTo(t), nn);
        ReadOnlySpan<double> before = t == 0 ? system.Slice(shape.MeanStart, n) : pass.FilteredMeans.AsSpan((t - 1) * n, n);
        ReadOnlySpan<double> spread = t == 0 ? system.Slice(shape.CovarianceStart, nn) : pass.FilteredCovariances.AsSpan((t - 1) * nn, nn);
        Span<double> ofTransition = gradient.Slice(shape.TransitionTo(t), nn);
        AddOuter(ofTransition, 1, mean, before);
        AddScaled(gradient.Slice(shape.StateShiftTo(t), n), 1, mean);
        AddScaled(gradient.Slice(shape.TransitionNoiseTo(t), nn), 1, covariance);

        // S T once: with P for the gradient of T, and T' S T for that of P.
        Multiply(covariance, transition, work, n, n, n);
        Multiply(work.AsSpan(0, nn), spread, work2, n, n, n);
        AddScaled(ofTransition, 2, work2.AsSpan(0, nn));
        TransposedMultiply(transition, work.AsSpan(0, nn), covariance, n, n, n);
        Symmetrize(covariance, n);
        ApplyTransposed(transition, mean, vector, n, n);
        vector.AsSpan(0, n).CopyTo(mean);

        // The infinite part before step t.
        if (t < pass.Diffuse.Count)
        {
            Multiply(infinite, transition, work, n, n, n);
            Multiply(work.AsSpan(0, nn), t == 0 ? StartOfInfinite() : pass.Diffuse[t - 1].InfiniteAfter!, work2, n, n, n);
            AddScaled(ofTransition, 2, work2.AsSpan(0, nn));
            TransposedMultiply(transition, work.AsSpan(0, nn), infinite, n, n, n);
            Symmetrize(infinite, n);
        }
    }

    private void BackThroughUpdate(int t, Span<double> gradient)
    {
        (int n, int p, int m) = (shape.States, shape.Outputs, seen.Count);
        ReadOnlySpan<double> z = seen.Matrix, gain = pass.Gains.AsSpan(t * n * p, n * m), inverse = pass.Inverses.AsSpan(t * p * p, m * m);
        ReadOnlySpan<double> u = pass.Weighted.AsSpan(t * p, m), spread = pass.PredictedCovariances.AsSpan(t * n * n, n * n);
        ReadOnlySpan<double> predicted = pass.PredictedMeans.AsSpan(t * n, n);
        Span<double> memory = scratch.AsSpan(0, (3 * m * n) + (m * m) + (2 * n) + (3 * m));
        memory.Clear();
        Span<double> rows = Next(ref memory, m * n), noise = Next(ref memory, m * m), product = Next(ref memory, n), lifted = Next(ref memory, n);
        Span<double> ofU = Next(ref memory, m), ofV = Next(ref memory, m), share = Next(ref memory, m), gainTimes = Next(ref memory, m * n);
        Span<double> half = Next(ref memory, m * n);

        // The mean: a + P Z' u.
        Apply(spread, mean, product, n, n);
        Apply(z, product, ofU, m, n);
        ApplyTransposed(z, u, lifted, m, n);
        AddOuter(rows, 1, u, product);

        // K' S and K' S A, A = I - K Z; the covariance: A' S A.
        TransposedMultiply(gain, covariance, gainTimes, m, n, n);
        Multiply(gainTimes, gain, noise, m, n, m);
        gainTimes.CopyTo(half);
        for (int i = 0; i < m; i++)
        {
            for (int k = 0; k < m; k++)
            {
                AddScaled(half.Slice(i * n, n), -noise[(i * m) + k], z.Slice(k * n, n));
            }
        }
        for (int k = 0; k < m; k++)
        {
            AddOuter(covariance, -1, z.Slice(k * n, n), half.Slice(k * n, n));
            AddOuter(covariance, -1, gainTimes.Slice(k * n, n), z.Slice(k * n, n));
        }
        AddSymmetricOuter(covariance, 0.5, mean, lifted);
        for (int i = 0; i < m; i++)
        {
            Apply(spread, half.Slice(i * n, n), product, n, n);
            AddScaled(rows.Slice(i * n, n), -2, product);
        }

        // The log-likelihood and u = F⁻¹ v.
        Apply(inverse, ofU, share, m, m);
        for (int i = 0; i < m; i++)
        {
            ofV[i] = share[i] - u[i];
        }
        Span<double> variance = work2.AsSpan(0, m * m);
        variance.Clear();
        AddScaled(variance, -0.5, inverse);
        AddOuter(variance, 0.5, u, u);
        AddSymmetricOuter(variance, -0.5, share, u);
        AddScaled(noise, 1, variance);

        // F = Z P Z' + H.
        for (int i = 0; i < m; i++)
        {
            product.Clear();
            for (int k = 0; k < m; k++)
            {
                AddScaled(product, variance[(i * m) + k], z.Slice(k * n, n));
            }
            AddOuter(covariance, 1, z.Slice(i * n, n), product);
            Apply(spread, product, lifted, n, n);
            AddScaled(rows.Slice(i * n, n), 2, lifted);
        }
        Symmetrize(covariance, n);
        Symmetrize(noise, m);

        // v = y - d - Z a.
        for (int i = 0; i < m; i++)
        {
            AddScaled(mean, -ofV[i], z.Slice(i * n, n));
            AddScaled(rows.Slice(i * n, n), -ofV[i], predicted);
        }
        Scatter(t, rows, noise, ofV, gradient);
    }

    private void BackThroughDiffuse(int t, double[] infinite, Span<double> gradient)
    {
        DiffuseStep step = pass.Diffuse[t];
        (int n, int m) = (shape.States, seen.Count);
        int size = n + m;
        double[] ofMean = new double[size], ofFinite = new double[size * size], ofInfinite = new double[size * size];
        mean.CopyTo(ofMean, 0);
        for (int i = 0; i < n; i++)
        {
            covariance.AsSpan(i * n, n).CopyTo(ofFinite.AsSpan(i * size));
            infinite.AsSpan(i * n, n).CopyTo(ofInfinite.AsSpan(i * size));
        }
        Span<double> rows = new double[m * n], noise = new double[m * m], ofV = new double[m], row = new double[size];
        for (int i = m - 1; i >= 0; i--)
        {
            row.Clear();
            ofV[i] = step.Updates[i].Backward(ofMean, ofFinite, ofInfinite, row);
            row[..n].CopyTo(rows[(i * n)..]);
        }
        ofMean.AsSpan(0, n).CopyTo(mean);
        step.Block(ofFinite, size).CopyTo(covariance, 0);
        step.Block(ofInfinite, size).CopyTo(infinite, 0);
        for (int i = 0; i < m; i++)
        {
            ofFinite.AsSpan(((n + i) * size) + n, m).CopyTo(noise[(i * m)..]);
        }
        Scatter(t, rows, noise, ofV, gradient);
    }

    private void Scatter(int t, ReadOnlySpan<double> rows, ReadOnlySpan<double> noise, ReadOnlySpan<double> ofV, Span<double> gradient)
    {
        (int n, int p, int m) = (shape.States, shape.Outputs, seen.Count);
        for (int i = 0; i < m; i++)
        {
            int row = seen.Rows[i];
            AddScaled(gradient.Slice(shape.ObservationOf(t) + (row * n), n), 1, rows.Slice(i * n, n));
            gradient[shape.DataStart + (t * p) + row] += ofV[i];
            gradient[shape.OutputShiftOf(t) + row] -= ofV[i];
            for (int k = 0; k < m; k++)
            {
                gradient[shape.ObservationNoiseOf(t) + (row * p) + seen.Rows[k]] += noise[(i * m) + k];
            }
        }
    }

    private static Span<double> Next(ref Span<double> memory, int count)
    {
        Span<double> part = memory[..count];
        memory = memory[count..];
        return part;
    }

    private double[] StartOfInfinite()
    {
        double[] start = new double[shape.Squares];
        for (int i = 0; i < shape.States; i++)
        {
            start[(i * shape.States) + i] = shape.Diffuse[i] == '1' ? 1 : 0;
        }
        return start;
    }
}
