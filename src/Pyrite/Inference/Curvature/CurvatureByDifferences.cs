namespace Pyrite.Inference.Curvature;

/// <summary>The Hessian of a log-density by differences of its exact gradient.</summary>
/// <remarks>Central differences of fourth order over steps of a two-hundredth of a standard deviation: their error is of order 1e-10 relative to the
/// largest curvature, and they need no second derivative of any operation.</remarks>
internal static class CurvatureByDifferences
{
    private const double Step = 0.005;

    /// <summary>The negative Hessian, row by row, symmetric; NaN where the density cannot be computed nearby.</summary>
    /// <param name="density">The log-density at a point, and its gradient in the second array; a number that is not finite where it cannot be
    /// computed.</param>
    /// <param name="point">Where.</param>
    public static double[] Of(Func<double[], double[], double> density, double[] point)
    {
        double[] steps = Array.ConvertAll(point, x => 1e-4 * (1 + Math.Abs(x)));
        double[] rough = Differences(density, point, steps);
        for (int i = 0; i < point.Length; i++)
        {
            double curvature = rough[(i * point.Length) + i];
            steps[i] = curvature > 0 ? Math.Min(Step / Math.Sqrt(curvature), 1) : steps[i];
        }
        return Differences(density, point, steps);
    }

    private static double[] Differences(Func<double[], double[], double> density, double[] point, double[] steps)
    {
        int size = point.Length;
        double[] hessian = new double[checked(size * size)], at = (double[])point.Clone();
        double[][] gradients = [new double[size], new double[size], new double[size], new double[size]];
        ReadOnlySpan<double> places = [-2, -1, 1, 2];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < places.Length; k++)
            {
                at[i] = point[i] + (places[k] * steps[i]);
                if (!double.IsFinite(density(at, gradients[k])))
                {
                    Array.Fill(gradients[k], double.NaN);
                }
            }
            at[i] = point[i];
            for (int j = 0; j < size; j++)
            {
                double change = (8 * (gradients[2][j] - gradients[1][j])) - (gradients[3][j] - gradients[0][j]);
                hessian[(i * size) + j] = -change / (12 * steps[i]);
            }
        }
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double mean = 0.5 * (hessian[(i * size) + j] + hessian[(j * size) + i]);
                (hessian[(i * size) + j], hessian[(j * size) + i]) = (mean, mean);
            }
        }
        return hessian;
    }
}
