using System.Runtime.CompilerServices;

namespace Pyrite.Inference.Diagnostics.Statistics;

/// <summary>Normal scores of the ranks 1 … count: what rank normalization puts in the place of draws.</summary>
/// <remarks>Φ⁻¹((r - 3/8) / (count + 1/4)), Blom's offset: Vehtari et al. (2021), equation 14. One table serves all scalars of a fit.</remarks>
internal sealed class NormalScores
{
    private static ReadOnlySpan<double> CentreNumerator =>
    [
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
    ];

    private static ReadOnlySpan<double> CentreDenominator =>
    [
        5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
        5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
    ];

    private static ReadOnlySpan<double> TailNumerator =>
    [
        7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
        3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
    ];

    private static ReadOnlySpan<double> TailDenominator =>
    [
        1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
        0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
    ];

    private readonly double[] table;
    private readonly int count;

    public NormalScores(int count)
    {
        this.count = count;
        table = new double[count];
        for (int i = 0; i < (count + 1) / 2; i++)
        {
            double score = Quantile((i + 0.625) / (count + 0.25));
            table[i] = score;
            table[count - 1 - i] = -score;
        }
    }

    /// <summary>The scores of the values at their places; equal values share the score of their mean rank.</summary>
    /// <param name="sample">Sorted values; their order names the places.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] Of(SortedSample sample)
    {
        if (sample.Count != count)
        {
            throw new ArgumentException($"A table of {count} normal scores cannot serve {sample.Count} values.", nameof(sample));
        }
        double[] scores = new double[count];
        double[] values = sample.Values;
        int[] order = sample.Order;
        for (int start = 0; start < count;)
        {
            int end = start + 1;
            while (end < count && values[end] == values[start])
            {
                end++;
            }
            double score = end - start == 1 ? table[start] : Tied(start, end);
            for (int i = start; i < end; i++)
            {
                scores[order[i]] = score;
            }
            start = end;
        }
        return scores;
    }

    /// <summary>The standard normal quantile for probabilities from 1e-11 to 1 - 1e-11, to 16 digits.</summary>
    /// <remarks>Wichura's algorithm AS 241, PPND16 (1988); its third region is for tails that no number of draws reaches.</remarks>
    internal static double Quantile(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double s = 0.180625 - (q * q);
            return q * Polynomial(CentreNumerator, s) / Polynomial(CentreDenominator, s);
        }
        double r = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p)) - 1.6;
        double tail = Polynomial(TailNumerator, r) / Polynomial(TailDenominator, r);
        return q < 0 ? -tail : tail;
    }

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double value = 0;
        foreach (double coefficient in coefficients)
        {
            value = (value * x) + coefficient;
        }
        return value;
    }

    private double Tied(int start, int end)
    {
        double meanRank = 0.5 * (start + 1.0 + end);
        return Quantile((meanRank - 0.375) / (count + 0.25));
    }
}
