using static Pyrite.Filtering.SmallMatrix;

namespace Pyrite.Filtering;

/// <summary>Means and covariances of all states given the whole series, by one pass back over a filter's.</summary>
/// <remarks>The recursions of de Jong (1989), and their expansion in the inverse of an infinite variance for diffuse steps (Durbin and Koopman 2012,
/// section 5.3): r = r0 + r1/k, N = N0 + N1/k + N2/k². They subtract P N P from P, so where a state's variance falls by many orders of magnitude, as
/// behind a start with a huge finite variance, the state follows from the next one instead (<see cref="BackStep"/>), which subtracts
/// nothing.</remarks>
internal sealed class SmootherPass
{
    // The share of a variance below which the difference that it is the rest of is given up: ten of sixteen digits are left at it.
    private const double LeastShare = 1e-6;

    private readonly SystemShape shape;
    private readonly FilterPass pass;
    private readonly ObservedPart seen;

    private SmootherPass(SystemShape shape, FilterPass pass)
    {
        (this.shape, this.pass) = (shape, pass);
        seen = new ObservedPart(shape);
        Means = new double[shape.Steps * shape.States];
        Covariances = new double[shape.Steps * shape.Squares];
        CrossCovariances = new double[Math.Max(0, shape.Steps - 1) * shape.Squares];
    }

    /// <summary>[steps, n].</summary>
    public double[] Means { get; }

    /// <summary>[steps, n, n].</summary>
    public double[] Covariances { get; }

    /// <summary>Of each step's state with the next one's, [steps - 1, n, n].</summary>
    public double[] CrossCovariances { get; }

    public static SmootherPass Of(SystemShape shape, ReadOnlySpan<double> system, FilterPass pass)
    {
        SmootherPass smoother = new(shape, pass);
        smoother.Run(system);
        return smoother;
    }

    private void Run(ReadOnlySpan<double> system)
    {
        (int n, int nn) = (shape.States, shape.Squares);
        Adjoints behind = new(n);
        for (int t = shape.Steps - 1; t >= 0; t--)
        {
            double[]? infinite = t < pass.Diffuse.Count ? pass.Diffuse[t].InfiniteAfter : null;
            double[] finite = pass.FilteredCovariances[(t * nn)..((t + 1) * nn)];
            if (t < shape.Steps - 1)
            {
                double[] transition = system.Slice(shape.TransitionTo(t + 1), nn).ToArray();
                CrossOf(t, transition, finite, infinite, behind);
                behind = behind.BeforeTransition(transition);
            }

            // The state given what was seen up to here, corrected by what comes later.
            double[] mean = behind.Mean(pass.FilteredMeans.AsSpan(t * n, n), finite, infinite);
            double[] covariance = behind.Covariance(finite, infinite);
            mean.CopyTo(Means, t * n);
            covariance.CopyTo(Covariances, t * nn);
            if (t >= pass.Diffuse.Count && t < shape.Steps - 1 && HasLostDigits(covariance, finite))
            {
                StepBack(t, system, finite);
            }
            seen.Take(system, t);
            behind = t < pass.Diffuse.Count ? behind.BeforeDiffuse(pass.Diffuse[t]) : seen.Count > 0 ? BeforeUpdate(t, behind) : behind;
        }
    }

    private bool HasLostDigits(double[] covariance, double[] finite)
    {
        for (int i = 0; i < finite.Length; i += shape.States + 1)
        {
            if (covariance[i] < LeastShare * finite[i])
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The state from the next one; where the predicted covariance is singular the numbers stay as they are.</summary>
    private void StepBack(int t, ReadOnlySpan<double> system, double[] finite)
    {
        (int n, int nn, int next) = (shape.States, shape.Squares, t + 1);
        BackStep? step = BackStep.Of(finite, system.Slice(shape.TransitionTo(next), nn), system.Slice(shape.TransitionNoiseTo(next), nn),
            pass.PredictedCovariances.AsSpan(next * nn, nn), n);
        if (step is not null)
        {
            step.Mean(pass.FilteredMeans.AsSpan(t * n, n), Means.AsSpan(next * n, n), pass.PredictedMeans.AsSpan(next * n, n),
                Means.AsSpan(t * n, n));
            ReadOnlySpan<double> later = Covariances.AsSpan(next * nn, nn);
            step.Covariance(later, Covariances.AsSpan(t * nn, nn));
            step.Cross(later, CrossCovariances.AsSpan(t * nn, nn));
        }
    }

    /// <summary>Cov(x_t, x_{t+1}) = P T' (I - N P_{t+1}), with P filtered at t and P_{t+1} predicted.</summary>
    private void CrossOf(int t, double[] transition, double[] finite, double[]? infinite, Adjoints next)
    {
        (int n, int nn) = (shape.States, shape.Squares);
        double[] predicted = pass.PredictedCovariances[((t + 1) * nn)..((t + 2) * nn)];
        double[]? predictedInfinite = t + 1 < pass.Diffuse.Count ? pass.Diffuse[t + 1].InfiniteBefore : null;
        double[] left = new double[nn], rest = new double[nn], product = new double[nn];
        MultiplyTransposed(finite, transition, left, n, n, n);

        // I - N0 P - N1 P∞.
        for (int i = 0; i < n; i++)
        {
            rest[(i * n) + i] = 1;
        }
        Subtract(rest, next.N0, predicted, product);
        Subtract(rest, next.N1, predictedInfinite, product);
        Multiply(left, rest, product, n, n, n);
        if (infinite is not null)
        {
            double[] second = new double[nn], part = new double[nn];
            MultiplyTransposed(infinite, transition, left, n, n, n);
            Subtract(second, next.N1, predicted, part);
            Subtract(second, next.N2, predictedInfinite, part);
            Multiply(left, second, part, n, n, n);
            AddScaled(product, 1, part);
        }
        product.CopyTo(CrossCovariances, t * nn);
    }

    private void Subtract(double[] target, double[] a, double[]? b, double[] product)
    {
        if (b is not null)
        {
            Multiply(a, b, product, shape.States, shape.States, shape.States);
            AddScaled(target, -1, product);
        }
    }

    private Adjoints BeforeUpdate(int t, Adjoints behind)
    {
        (int n, int p, int m) = (shape.States, shape.Outputs, seen.Count);
        ReadOnlySpan<double> z = seen.Matrix, gain = pass.Gains.AsSpan(t * n * p, n * m), inverse = pass.Inverses.AsSpan(t * p * p, m * m);
        ReadOnlySpan<double> u = pass.Weighted.AsSpan(t * p, m);
        double[] keep = new double[n * n], r = new double[n], part = new double[n], curvature = new double[n * n], product = new double[n * n];
        Multiply(gain, z, keep, n, m, n);
        for (int i = 0; i < keep.Length; i++)
        {
            keep[i] = (i % (n + 1) == 0 ? 1 : 0) - keep[i];
        }
        ApplyTransposed(keep, behind.R0, r, n, n);
        ApplyTransposed(z, u, part, m, n);
        AddScaled(r, 1, part);
        TransposedCongruence(keep, behind.N0, curvature, product, n);
        for (int i = 0; i < m; i++)
        {
            for (int k = 0; k < m; k++)
            {
                AddOuter(curvature, inverse[(i * m) + k], z.Slice(i * n, n), z.Slice(k * n, n));
            }
        }
        Symmetrize(curvature, n);
        return new Adjoints(n) { R0 = r, N0 = curvature };
    }
}
