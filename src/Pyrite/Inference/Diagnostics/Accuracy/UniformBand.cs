namespace Pyrite.Inference.Diagnostics.Accuracy;

/// <summary>How many of uniform numbers may lie below each of evenly spaced points, all bounds together.</summary>
internal static class UniformBand
{
    private const int Bisections = 40;

    /// <summary>The narrowest of the bounds made of binomial quantiles of one level that hold all counts with a probability.</summary>
    /// <param name="count">How many numbers.</param>
    /// <param name="points">How many points, i/points for i = 1, …</param>
    /// <param name="probability">What all bounds together hold.</param>
    public static (int[] Low, int[] High) Of(int count, int points, double probability)
    {
        double[] logFactorials = new double[count + 1];
        for (int i = 1; i <= count; i++)
        {
            logFactorials[i] = logFactorials[i - 1] + Math.Log(i);
        }
        // The smaller the level outside of a pointwise interval, the more all of them hold.
        double none = 0, tooMuch = 1 - probability;
        (int[] Low, int[] High) best = Bounds(count, points, none, logFactorials);
        for (int i = 0; i < Bisections; i++)
        {
            double level = i == 0 ? tooMuch : 0.5 * (none + tooMuch);
            (int[] Low, int[] High) bounds = Bounds(count, points, level, logFactorials);
            if (Coverage(count, bounds.Low, bounds.High, logFactorials) >= probability)
            {
                (none, best) = (level, bounds);
            }
            else
            {
                tooMuch = level;
            }
        }
        return best;
    }

    /// <summary>The probability that all counts of uniform numbers stay within bounds: the counts are a Markov chain, of which each step is
    /// binomial.</summary>
    public static double Coverage(int count, int[] low, int[] high, double[] logFactorials)
    {
        double[] now = new double[count + 1], next = new double[count + 1];
        now[0] = 1;
        int from = 0, to = 0;
        for (int i = 0; i < low.Length; i++)
        {
            // Of those above the last point, each lies below this one with the same probability.
            double share = 1.0 / (low.Length - i);
            Array.Clear(next);
            for (int before = from; before <= to; before++)
            {
                for (int after = Math.Max(before, low[i]); after <= high[i] && now[before] > 0; after++)
                {
                    next[after] += now[before] * Mass(count - before, after - before, share, logFactorials);
                }
            }
            (now, next) = (next, now);
            (from, to) = (low[i], high[i]);
        }
        return now.Sum();
    }

    private static (int[] Low, int[] High) Bounds(int count, int points, double level, double[] logFactorials)
    {
        int[] low = new int[points], high = new int[points];
        for (int i = 0; i < points; i++)
        {
            double below = 0, at = (i + 1.0) / points;
            (low[i], high[i]) = (-1, count);
            for (int k = 0; k <= count; k++)
            {
                below += Mass(count, k, at, logFactorials);
                low[i] = low[i] < 0 && below >= 0.5 * level ? k : low[i];
                if (below >= 1 - (0.5 * level))
                {
                    high[i] = k;
                    break;
                }
            }
            low[i] = Math.Max(0, low[i]);
        }
        return (low, high);
    }

    private static double Mass(int count, int k, double share, double[] logFactorials) => share >= 1 ? (k == count ? 1 : 0)
        : Math.Exp(logFactorials[count] - logFactorials[k] - logFactorials[count - k] + (k * Math.Log(share)) + ((count - k) * Math.Log(1 - share)));
}
