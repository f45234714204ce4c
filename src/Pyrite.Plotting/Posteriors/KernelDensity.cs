using Pyrite.Inference.Diagnostics.Statistics;

namespace Pyrite.Plotting.Posteriors;

/// <summary>A smooth density of draws, by Gaussian kernels.</summary>
/// <remarks>
/// The bandwidth is Silverman's (1986, equation 3.31): 0.9 min(sd, interquartile range / 1.349) n^(-1/5). The density reaches three bandwidths beyond
/// the draws. Where they all lie on one side of zero and that would cross it, kernels are reflected at zero, so that a scale has no density below it.
/// </remarks>
internal sealed class KernelDensity
{
    private const int Points = 256;
    private const double Reach = 5;
    private const double Margin = 3;

    private KernelDensity(double[] x, double[] height, double bandwidth)
    {
        X = x;
        Height = height;
        Bandwidth = bandwidth;
    }

    public double[] X { get; }

    public double[] Height { get; }

    public double Bandwidth { get; }

    /// <summary>The density of the finite values; without a single one it has no points.</summary>
    public static KernelDensity Of(ReadOnlySpan<double> values)
    {
        double[] sorted = Array.FindAll(values.ToArray(), double.IsFinite);
        Array.Sort(sorted);
        if (sorted.Length == 0)
        {
            return new KernelDensity([], [], double.NaN);
        }
        double bandwidth = ChooseBandwidth(sorted), low = sorted[0], high = sorted[^1];
        double[] x = new double[Points], height = new double[Points];
        double start = low - (Margin * bandwidth), end = high + (Margin * bandwidth);
        bool isReflected = (low >= 0 && start < 0) || (high <= 0 && end > 0);
        (start, end) = isReflected ? low >= 0 ? (0, end) : (start, 0) : (start, end);
        for (int i = 0; i < Points; i++)
        {
            x[i] = start + ((end - start) * i / (Points - 1));
            height[i] = SumAt(sorted, x[i], bandwidth);
            height[i] += isReflected ? SumAt(sorted, -x[i], bandwidth) : 0;
            height[i] /= sorted.Length * bandwidth * Math.Sqrt(2 * Math.PI);
        }
        return new KernelDensity(x, height, bandwidth);
    }

    private static double ChooseBandwidth(double[] sorted)
    {
        double spread = sorted.Length > 1 ? Math.Sqrt(SampleMoments.Variance(sorted)) : 0;
        double quartiles = (SortedSample.Quantile(sorted, 0.75) - SortedSample.Quantile(sorted, 0.25)) / 1.349;
        double scale = quartiles > 0 ? Math.Min(spread, quartiles) : spread;
        return scale > 0 ? 0.9 * scale * Math.Pow(sorted.Length, -0.2) : Math.Max(1e-3, 1e-3 * Math.Abs(sorted[0]));
    }

    private static double SumAt(double[] sorted, double x, double bandwidth)
    {
        int first = Array.BinarySearch(sorted, x - (Reach * bandwidth));
        double sum = 0;
        for (int i = first < 0 ? ~first : first; i < sorted.Length && sorted[i] <= x + (Reach * bandwidth); i++)
        {
            double z = (sorted[i] - x) / bandwidth;
            sum += Math.Exp(-0.5 * z * z);
        }
        return sum;
    }
}
