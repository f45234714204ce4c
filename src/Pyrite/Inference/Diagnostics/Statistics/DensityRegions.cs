namespace Pyrite.Inference.Diagnostics.Statistics;

/// <summary>The highest-density region of draws with several modes, as separate intervals.</summary>
/// <remarks>
/// The region {density ≥ c} whose probability is the share asked for (Hyndman, "Computing and graphing highest density regions", 1996), of a Gaussian
/// kernel density whose bandwidth solves the fixed-point equation of Botev, Grotowski and Kroese ("Kernel density estimation via diffusion", 2010),
/// which separate modes do not widen.
/// </remarks>
internal static class DensityRegions
{
    private const int Bins = 512;
    private const double Margin = 0.2;                  // of the range, on each side, so that the reflecting ends of the cosine series lie outside
    private const int Stages = 7;                       // the number of stages in Botev et al.
    private const double LeastShare = 0.01;             // regions with less of the probability are ripples of the estimate

    /// <summary>The intervals, ascending; their ends are within the draws.</summary>
    /// <param name="sorted">Finite draws, ascending, not all equal.</param>
    /// <param name="probability">The share that all of them hold together.</param>
    public static (double Low, double High)[] Of(double[] sorted, double probability)
    {
        double low = sorted[0], high = sorted[^1], range = high - low;
        if (!(range > 0))
        {
            return [(low, high)];
        }
        double start = low - (Margin * range), width = range * (1 + (2 * Margin)) / Bins;
        double[] density = Density(sorted, start, width);
        double total = density.Sum(), held = 0, threshold = 0;
        double[] descending = [.. density.OrderDescending()];
        for (int i = 0; i < descending.Length && held < probability * total; i++)
        {
            held += threshold = descending[i];
        }
        List<(double Low, double High)> regions = [];
        for (int first = 0; first < Bins; first++)
        {
            if (density[first] < threshold)
            {
                continue;
            }
            int last = first;
            double mass = density[first];
            while (last + 1 < Bins && density[last + 1] >= threshold)
            {
                mass += density[++last];
            }
            if (mass >= LeastShare * total)
            {
                regions.Add(
                    (Math.Max(low, start + (Crossing(density, first, -1, threshold) * width)),
                        Math.Min(high, start + (Crossing(density, last, 1, threshold) * width))));
            }
            first = last;
        }
        return [.. regions];
    }

    /// <summary>Where the density falls below the threshold beside a bin, in bins; bins are at their middles.</summary>
    private static double Crossing(double[] density, int bin, int step, double threshold)
    {
        int next = bin + step;
        double beyond = next is < 0 or >= Bins ? 0 : density[next];
        return bin + 0.5 + (step * Math.Clamp((density[bin] - threshold) / Math.Max(density[bin] - beyond, double.Epsilon), 0, 1));
    }

    private static double[] Density(double[] sorted, double start, double width)
    {
        double[] counts = new double[Bins];
        foreach (double value in sorted)
        {
            counts[Math.Clamp((int)((value - start) / width), 0, Bins - 1)] += 1.0 / sorted.Length;
        }
        double[] cosine = new double[4 * Bins];
        for (int i = 0; i < cosine.Length; i++)
        {
            cosine[i] = Math.Cos(Math.PI * i / (2 * Bins));
        }
        double[] waves = new double[Bins];
        for (int wave = 0; wave < Bins; wave++)
        {
            for (int bin = 0; bin < Bins; bin++)
            {
                waves[wave] += counts[bin] == 0 ? 0 : counts[bin] * cosine[(int)((long)wave * ((2 * bin) + 1) % (4 * Bins))];
            }
        }
        double time = Time(waves, sorted.Length);
        double[] density = new double[Bins];
        for (int bin = 0; bin < Bins; bin++)
        {
            for (int wave = 0; wave < Bins; wave++)
            {
                density[bin] += (wave == 0 ? 0.5 : 1) * waves[wave] * Math.Exp(-0.5 * wave * wave * Math.PI * Math.PI * time)
                    * cosine[(int)((long)wave * ((2 * bin) + 1) % (4 * Bins))];
            }
        }
        return density;
    }

    /// <summary>The squared bandwidth in units of the range of the bins: the smallest root of t = ξ γ(t), else Scott's rule.</summary>
    private static double Time(double[] waves, int count)
    {
        const double Largest = 0.1;
        double low = 0, step = 1e-7;
        for (double high = step; high <= Largest; high += step, step *= 1.3)
        {
            if (Excess(waves, count, high) > 0)
            {
                for (int i = 0; i < 60; i++)
                {
                    double middle = 0.5 * (low + high);
                    (low, high) = Excess(waves, count, middle) > 0 ? (low, middle) : (middle, high);
                }
                return high;
            }
            low = high;
        }
        return Math.Pow(0.28 * Math.Pow(count, -0.2), 2);
    }

    /// <summary>t - ξ γ(t) of Botev et al., with squares of the cosine transform.</summary>
    private static double Excess(double[] waves, int count, double time)
    {
        double norm = Norm(waves, Stages, time);
        for (int s = Stages - 1; s >= 2; s--)
        {
            double odd = 1;
            for (int factor = 3; factor <= (2 * s) - 1; factor += 2)
            {
                odd *= factor;
            }
            double level = (1 + Math.Pow(0.5, s + 0.5)) / 3 * odd * 2 / (count * Math.Sqrt(2 * Math.PI) * norm);
            norm = Norm(waves, s, Math.Pow(level, 2 / (3 + (2.0 * s))));
        }
        return time - Math.Pow(2 * count * Math.Sqrt(Math.PI) * norm, -0.4);
    }

    /// <summary>The squared norm of the s-th derivative of the density at a time.</summary>
    private static double Norm(double[] waves, int s, double time)
    {
        double sum = 0;
        for (int wave = 1; wave < waves.Length; wave++)
        {
            double square = (double)wave * wave, size = 2 * waves[wave];
            sum += Math.Pow(square, s) * size * size / 4 * Math.Exp(-square * Math.PI * Math.PI * time);
        }
        return 2 * Math.Pow(Math.PI, 2 * s) * sum;
    }
}
