using Pyrite.Inference.Curvature;

namespace Pyrite.Inference.Approximations;

/// <summary>The mode of a log-density: by L-BFGS near it, then by Newton's steps to the last digits.</summary>
internal sealed class ModeSearch
{
    private const int History = 10;
    private const int MostNewtonSteps = 10;

    private ModeSearch(double[] mode, double value, double[] curvature, double[]? factor, AscentPath path) =>
        (Mode, LogDensity, Curvature, Factor, Path) = (mode, value, curvature, factor, path);

    /// <summary>The mode, unconstrained.</summary>
    public double[] Mode { get; }

    /// <summary>The log-density there, volume changes included.</summary>
    public double LogDensity { get; }

    /// <summary>The negative Hessian there, row by row.</summary>
    public double[] Curvature { get; }

    /// <summary>Its lower Cholesky factor; null where it is not positive.</summary>
    public double[]? Factor { get; }

    /// <summary>The way of L-BFGS.</summary>
    public AscentPath Path { get; }

    /// <summary>Searches from a start.</summary>
    public static ModeSearch From(Potential potential, double[] start, int maxIterations)
    {
        AscentPath path = AscentPath.From(potential, start, History, maxIterations);
        double[] mode = path.Points[^1], gradient = path.Gradients[^1];
        double value = path.Values[^1];
        double[] curvature = CurvatureByDifferences.Of((x, slopes) => potential.LogDensity(x, slopes), mode);
        double[]? factor = NormalApproximation.Factor(curvature, mode.Length);
        for (int step = 0; step < MostNewtonSteps && factor is not null; step++)
        {
            double[] move = Solve(factor, gradient);
            double[] next = [.. mode.Zip(move, (x, d) => x + d)], slope = new double[mode.Length];
            double there = potential.LogDensity(next, slope);
            double decrement = AscentPath.Dot(move, gradient);
            if (!(there >= value - (1e-12 * (1 + Math.Abs(value)))) || !(decrement > 1e-28))
            {
                break;
            }
            (mode, value, gradient) = (next, there, slope);
            curvature = CurvatureByDifferences.Of((x, slopes) => potential.LogDensity(x, slopes), mode);
            factor = NormalApproximation.Factor(curvature, mode.Length);
            if (decrement < 1e-22)
            {
                break;
            }
        }
        return new ModeSearch(mode, value, curvature, factor, path);
    }

    /// <summary>Solves L L' x = b.</summary>
    internal static double[] Solve(double[] factor, double[] right)
    {
        int size = right.Length;
        double[] x = (double[])right.Clone();
        for (int i = 0; i < size; i++)
        {
            x[i] = (x[i] - AscentPath.Dot(factor.AsSpan(i * size, i), x.AsSpan(0, i))) / factor[(i * size) + i];
        }
        SolveTransposed(factor, x);
        return x;
    }

    /// <summary>Solves L' x = b in place.</summary>
    internal static void SolveTransposed(double[] factor, double[] x)
    {
        int size = x.Length;
        for (int i = size - 1; i >= 0; i--)
        {
            double rest = x[i];
            for (int j = i + 1; j < size; j++)
            {
                rest -= factor[(j * size) + i] * x[j];
            }
            x[i] = rest / factor[(i * size) + i];
        }
    }
}
