using System.Globalization;

namespace Pyrite.Testing;

/// <summary>Statistical checks with a stated chance of failing although nothing is wrong.</summary>
/// <remarks>Draws come from fixed seeds, so a check that passes keeps passing; the false-alarm rate is the chance that a right program fails under a
/// fresh seed.</remarks>
public static class StatisticalAssert
{
    /// <summary>Fails if the draws are further from the distribution function than chance explains.</summary>
    /// <remarks>One-sample Kolmogorov-Smirnov test with Stephens's correction of the limit law; for continuous distributions and 20 draws or
    /// more.</remarks>
    public static void KolmogorovSmirnov(ReadOnlySpan<double> draws, Func<double, double> cdf, double falseAlarmRate, string name = "draws")
    {
        CheckArguments(draws.Length, falseAlarmRate);
        double[] sorted = draws.ToArray();
        Array.Sort(sorted);
        double distance = 0, worst = sorted[0];
        for (int i = 0; i < sorted.Length; i++)
        {
            double probability = cdf(sorted[i]);
            double gap = Math.Max((i + 1.0) / sorted.Length - probability, probability - (double)i / sorted.Length);
            if (double.IsNaN(gap))
            {
                throw new CheckFailedException($"{name}: draw {Show(sorted[i])} or its probability {Show(probability)} is not a number.");
            }
            if (gap > distance)
            {
                (distance, worst) = (gap, sorted[i]);
            }
        }
        double root = Math.Sqrt(sorted.Length);
        double chance = ReferenceCdf.KolmogorovSurvival((root + 0.12 + 0.11 / root) * distance);
        FailBelow(chance, falseAlarmRate, name, $"Kolmogorov-Smirnov distance {Show(distance)} over {sorted.Length} draws, widest at {Show(worst)}");
    }

    /// <summary>Fails if the counts stray from the probabilities more than chance explains.</summary>
    /// <remarks>Pearson's chi-square test; every expected count must be at least 5, and a cell of probability 0 must be empty.</remarks>
    public static void ChiSquare(ReadOnlySpan<long> counts, ReadOnlySpan<double> probabilities, double falseAlarmRate, string name = "counts")
    {
        if (counts.Length != probabilities.Length || counts.Length < 2)
        {
            throw new ArgumentException(
                $"Chi-square test: {counts.Length} counts and {probabilities.Length} probabilities; both must be equally many, 2 or more.");
        }
        long total = 0;
        foreach (long count in counts)
        {
            total += count;
        }
        CheckArguments(total, falseAlarmRate);
        double statistic = 0;
        int cells = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double expected = total * probabilities[i];
            if (expected == 0 && counts[i] > 0)
            {
                throw new CheckFailedException($"{name}: cell {i} has probability 0 and was drawn {counts[i]} times.");
            }
            if (expected is > 0 and < 5)
            {
                throw new ArgumentException(
                    $"Chi-square test of {name}: cell {i} expects {Show(expected)} draws, at least 5 are needed. Merge cells or draw more.");
            }
            statistic += expected > 0 ? (counts[i] - expected) * (counts[i] - expected) / expected : 0;
            cells += expected > 0 ? 1 : 0;
        }
        double chance = ReferenceCdf.ChiSquareSurvival(statistic, cells - 1);
        FailBelow(chance, falseAlarmRate, name, $"chi-square {Show(statistic)} with {cells - 1} degrees of freedom over {total} draws");
    }

    /// <summary>Fails if the mean of the draws is further from the expected one than chance explains, the standard deviation of a draw being
    /// known.</summary>
    public static void MeanWithin(ReadOnlySpan<double> draws, double expectedMean, double standardDeviation, double falseAlarmRate,
        string name = "mean")
    {
        CheckArguments(draws.Length, falseAlarmRate);
        double mean = Mean(draws);
        double z = Math.Abs(mean - expectedMean) / (standardDeviation / Math.Sqrt(draws.Length));
        double chance = double.IsNaN(z) ? 0 : 2 * ReferenceCdf.Normal(-z);
        FailBelow(chance, falseAlarmRate, name,
            $"mean {Show(mean)} of {draws.Length} draws, expected {Show(expectedMean)}, {Show(z)} standard errors away");
    }

    /// <summary>Fails if the mean of the draws is further from the expected one than chance explains, the standard deviation being estimated from the
    /// draws.</summary>
    /// <remarks>For 100 draws or more of a distribution with finite variance.</remarks>
    public static void MeanWithin(ReadOnlySpan<double> draws, double expectedMean, double falseAlarmRate, string name = "mean")
    {
        CheckArguments(draws.Length, falseAlarmRate);
        double mean = Mean(draws), squares = 0;
        foreach (double draw in draws)
        {
            squares += (draw - mean) * (draw - mean);
        }
        MeanWithin(draws, expectedMean, Math.Sqrt(squares / (draws.Length - 1)), falseAlarmRate, name);
    }

    private static double Mean(ReadOnlySpan<double> draws)
    {
        double sum = 0;
        foreach (double draw in draws)
        {
            sum += draw;
        }
        return sum / draws.Length;
    }

    private static void CheckArguments(long draws, double falseAlarmRate)
    {
        if (draws < 2 || falseAlarmRate is not (> 0 and < 0.5))
        {
            throw new ArgumentException(
                $"Statistical check: {draws} draws and false-alarm rate {Show(falseAlarmRate)}; 2 draws or more and a rate between 0 and 0.5 are "
                    + "needed.");
        }
    }

    private static void FailBelow(double chance, double falseAlarmRate, string name, string finding)
    {
        if (!(chance >= falseAlarmRate))
        {
            throw new CheckFailedException(
                $"{name}: {finding}; a right program does worse with chance {Show(chance)}, the check allows {Show(falseAlarmRate)}.");
        }
    }

    private static string Show(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
