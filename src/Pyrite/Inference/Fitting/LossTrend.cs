namespace Pyrite.Inference.Fitting;

/// <summary>Whether the losses of a run were still falling when it ended.</summary>
/// <remarks>The last half of the run is cut into ten stretches, and a line is fitted to their means. The loss still falls if the line falls by more
/// than five of its standard errors (by chance alone once in some 2,000 runs: Student's t with 8 degrees of freedom), and if the fall over the half
/// is worth another: more than a hundredth of the whole fall of the run, and more than a tenth of a unit of log-probability.</remarks>
internal static class LossTrend
{
    private const int Stretches = 10;
    private const int LeastLosses = 60;
    private const double LeastErrors = 5;
    private const double LeastShare = 0.01;
    private const double LeastFall = 0.1;

    /// <summary>How far the loss fell over the last half of the run, along the line; null where it did not fall steadily.</summary>
    public static double? FallOfLastHalf(IReadOnlyList<double> losses)
    {
        if (losses.Count < LeastLosses)
        {
            return null;
        }
        double[] means = new double[Stretches];
        int start = losses.Count / 2;
        for (int i = 0; i < Stretches; i++)
        {
            int from = start + (int)((long)(losses.Count - start) * i / Stretches);
            int to = start + (int)((long)(losses.Count - start) * (i + 1) / Stretches);
            means[i] = Mean(losses, from, to);
        }
        double middle = 0.5 * (Stretches - 1), average = means.Average(), products = 0, squares = 0;
        for (int i = 0; i < Stretches; i++)
        {
            products += (i - middle) * (means[i] - average);
            squares += (i - middle) * (i - middle);
        }
        double slope = products / squares, residual = 0;
        for (int i = 0; i < Stretches; i++)
        {
            double rest = means[i] - average - (slope * (i - middle));
            residual += rest * rest;
        }
        double error = Math.Sqrt(residual / (Stretches - 2) / squares);
        double fall = -slope * Stretches;
        double whole = Mean(losses, 0, Math.Max(1, losses.Count / (2 * Stretches))) - means[^1];
        return -slope > LeastErrors * error && fall > LeastFall && fall > LeastShare * whole ? fall : null;
    }

    /// <summary>The mean of the finite losses of a stretch; NaN where there is none, which no comparison passes.</summary>
    private static double Mean(IReadOnlyList<double> losses, int from, int to)
    {
        double sum = 0;
        int count = 0;
        for (int i = from; i < to; i++)
        {
            if (double.IsFinite(losses[i]))
            {
                sum += losses[i];
                count++;
            }
        }
        return sum / count;
    }
}
