namespace Pyrite.Inference.Approximations;

/// <summary>The way of L-BFGS uphill on a log-density, with every point and gradient on it.</summary>
/// <remarks>Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithms 7.4 and 7.5. It ends by Stan's criteria, which are relative to the
/// height of the density and to rounding.</remarks>
internal sealed class AscentPath
{
    private const double SmallestGradient = 1e-8;
    private const double SmallestMove = 1e-8;
    private const double SmallestGain = 1e4 * 2.220446049250313e-16;
    private const double SmallestRelativeGradient = 1e7 * 2.220446049250313e-16;

    private AscentPath()
    {
    }

    /// <summary>The points, the start first.</summary>
    public List<double[]> Points { get; } = [];

    /// <summary>The gradients there.</summary>
    public List<double[]> Gradients { get; } = [];

    /// <summary>The log-densities there.</summary>
    public List<double> Values { get; } = [];

    /// <summary>How many gradients were computed.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Whether the path ended at a maximum.</summary>
    public bool IsConverged { get; private set; }

    /// <summary>Why the path ended, in words.</summary>
    public string Ending { get; private set; } = "";

    /// <summary>How many steps were made.</summary>
    public int Steps => Points.Count - 1;

    /// <summary>Goes uphill.</summary>
    /// <param name="potential">The log-density.</param>
    /// <param name="start">Where it is finite.</param>
    /// <param name="history">How many pairs of steps and gradient differences are kept.</param>
    /// <param name="maxIterations">The most steps.</param>
    public static AscentPath From(Potential potential, double[] start, int history, int maxIterations)
    {
        AscentPath path = new();
        double[] gradient = new double[start.Length];
        double value = potential.LogDensity(start, gradient);
        path.Evaluations = 1;
        path.Add(start, gradient, value);
        CurvaturePairs pairs = new(start.Length, history);
        while (path.Steps < maxIterations)
        {
            (double[] x, double[] g) = (path.Points[^1], path.Gradients[^1]);
            if (Norm(g) < SmallestGradient)
            {
                return path.End(true, "the gradient vanishes");
            }
            double[] direction = pairs.Multiply(g);
            double slope = Dot(direction, g);
            if (!(slope > 0))
            {
                (direction, slope) = ((double[])g.Clone(), Dot(g, g));
            }
            if (path.Steps > 0 && slope / Math.Max(Math.Abs(path.Values[^1]), 1) < SmallestRelativeGradient)
            {
                return path.End(true, "the gradient vanishes relative to the curvature");
            }
            double first = path.Steps == 0 ? Math.Min(1, 1 / Norm(g)) : 1;
            WolfeSearch search = new(potential, x, direction, path.Values[^1], slope);
            bool isFound = search.Run(first);
            path.Evaluations += search.Evaluations;
            if (!isFound)
            {
                bool isTop = slope / Math.Max(Math.Abs(path.Values[^1]), 1) < SmallestRelativeGradient;
                return path.End(isTop, isTop ? "the gradient vanishes relative to the curvature" : "no step uphill was found");
            }
            double gain = search.Value - path.Values[^1];
            pairs.Add(Difference(search.Point, x), Difference(g, search.Gradient));
            path.Add(search.Point, search.Gradient, search.Value);
            if (Math.Abs(gain) <= SmallestGain * Math.Max(1, Math.Abs(search.Value)))
            {
                return path.End(true, "the density no longer grows");
            }
            if (Norm(Difference(search.Point, x)) < SmallestMove)
            {
                return path.End(true, "the point no longer moves");
            }
        }
        return path.End(false, $"{maxIterations} steps were made without reaching a maximum");
    }

    /// <summary>The difference of two vectors.</summary>
    internal static double[] Difference(double[] a, double[] b)
    {
        double[] difference = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    /// <summary>The product of two vectors.</summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    private void Add(double[] point, double[] gradient, double value)
    {
        Points.Add((double[])point.Clone());
        Gradients.Add((double[])gradient.Clone());
        Values.Add(value);
    }

    private AscentPath End(bool isConverged, string ending)
    {
        (IsConverged, Ending) = (isConverged, ending);
        return this;
    }
}
