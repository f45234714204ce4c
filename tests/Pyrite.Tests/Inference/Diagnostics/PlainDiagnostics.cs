namespace Pyrite.Tests;

/// <summary>The diagnostics written down once more, as plainly and slowly as the paper states them.</summary>
internal static class PlainDiagnostics
{
    /// <summary>Half chains, the middle draw of an odd number left out.</summary>
    public static double[][] Split(double[] values, int chains)
    {
        int draws = values.Length / chains, half = draws / 2;
        return [
            .. Enumerable.Range(0, chains)
            .SelectMany(c => new[] { values[(c * draws)..((c * draws) + half)], values[(((c + 1) * draws) - half)..((c + 1) * draws)] })];
    }

    public static double[][] NormalScores(double[][] series)
    {
        double[] all = [.. series.SelectMany(one => one)];
        return [.. series.Select(one => one.Select(x => Score(all, x)).ToArray())];
    }

    public static double RHat(double[] values, int chains)
    {
        double[][] split = Split(values, chains);
        double median = Median([.. values]);
        double[][] folded = [.. split.Select(one => one.Select(x => Math.Abs(x - median)).ToArray())];
        return Math.Max(PlainRHat(NormalScores(split)), PlainRHat(NormalScores(folded)));
    }

    public static double PlainRHat(double[][] series)
    {
        double n = series[0].Length, between = n * Variance([.. series.Select(one => one.Average())]), within = series.Average(Variance);
        return Math.Sqrt(((between / within) + n - 1) / n);
    }

    public static double Ess(double[][] series)
    {
        int n = series[0].Length;
        double[] covariance = [.. Enumerable.Range(0, n).Select(lag => series.Average(one => Autocovariance(one, lag)))];
        double within = covariance[0] * n / (n - 1),
            total = covariance[0] + (series.Length > 1 ? Variance([.. series.Select(one => one.Average())]) : 0);
        double[] rho = [1, .. covariance.Skip(1).Select(c => 1 - ((within - c) / total)), 0];
        List<double> pairs = [rho[0] + rho[1]];
        int t = 0;
        double even = rho[0], odd = rho[1];
        while (t < n - 5 && even + odd > 0)
        {
            t += 2;
            (even, odd) = (rho[t], rho[t + 1]);
            if (even + odd >= 0)
            {
                pairs.Add(Math.Min(even + odd, pairs[^1]));
            }
            else
            {
                break;
            }
        }
        double last = even > 0 || even + odd >= 0 ? even : 0;
        double time = -1 + (2 * pairs.Take(t / 2).Sum()) + last;
        double size = n * series.Length;
        return size / Math.Max(time, 1 / Math.Log10(size));
    }

    public static double EssQuantile(double[] values, int chains, double probability)
    {
        double quantile = Quantile(values, probability);
        return Ess([.. Split(values, chains).Select(one => one.Select(x => x <= quantile ? 1.0 : 0).ToArray())]);
    }

    public static double Autocovariance(double[] x, int lag)
    {
        double mean = x.Average();
        return Enumerable.Range(0, x.Length - lag).Sum(i => (x[i] - mean) * (x[i + lag] - mean)) / x.Length;
    }

    public static double Quantile(double[] values, double probability)
    {
        double[] sorted = [.. values.Order()];
        double h = (sorted.Length - 1) * probability;
        return sorted[(int)Math.Floor(h)] + ((h - Math.Floor(h)) * (sorted[(int)Math.Ceiling(h)] - sorted[(int)Math.Floor(h)]));
    }

    public static double Variance(double[] x)
    {
        double mean = x.Average();
        return x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1);
    }

    private static double Median(double[] x) => Quantile(x, 0.5);

    private static double Score(double[] all, double x)
    {
        double rank = all.Count(v => v < x) + ((all.Count(v => v == x) + 1) / 2.0);
        return Tensor.Full([], (rank - 0.375) / (all.Length + 0.25), DType.Float64).NormalQuantile().Item();
    }
}
