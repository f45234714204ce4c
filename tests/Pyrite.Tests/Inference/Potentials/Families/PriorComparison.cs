using Pyrite.Testing;


namespace Pyrite.Tests.Families;

/// <summary>Draws that a sampler makes of a family alone, next to draws of <see cref="Distribution.Sample"/>.</summary>
/// <remarks>
/// Every coordinate, a fixed weighted sum of all coordinates and the log-density are compared by Kolmogorov and Smirnov's test of two samples, in
/// which the sampler's draws count as many as their effective number (the least of bulk and tail). Tests of ranks need no moments, so tails may be of
/// any weight.
/// </remarks>
internal static class PriorComparison
{
    private const ulong Seed = 2;

    /// <summary>A family with its batch as an event, so that it needs no plate.</summary>
    public static Distribution AsEvent(Distribution family) => family.BatchShape.Rank > 0 ? family.ToEvent() : family;

    /// <summary>Fails if the posterior differs from draws by more than chance explains, leaves the support or has not settled.</summary>
    /// <param name="posterior">A run on a model with the one site "x".</param>
    /// <param name="family">What the site follows.</param>
    /// <param name="falseAlarmRate">Of each comparison.</param>
    /// <param name="draws">How many draws of the family itself.</param>
    /// <param name="worstRHat">The greatest R-hat that is allowed.</param>
    public static void Check(McmcResult posterior, Distribution family, double falseAlarmRate, int draws, double worstRHat)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor sampled = posterior.Draws["x"].Reshape([posterior.Draws.Count, .. AsEvent(family).EventShape]);
        Tensor direct = AsEvent(family).Sample(RandomKey.FromSeed(Seed), [draws]);
        Assert.True(sampled.IsFinite().All(), "a draw is not finite");
        Assert.True(AsEvent(family).Support.Check(sampled).All(), "a draw lies outside of the support");
        foreach ((string name, double[] numbers, double[] wanted) in Margins(family, sampled, direct))
        {
            if (wanted.Max() - wanted.Min() <= 1e-9 * Math.Max(1, Math.Abs(wanted[0])))
            {
                Assert.All(numbers, number => Assert.Equal(wanted[0], number, 1e-6));   // structural zeros, ones on a diagonal, flat densities
                continue;
            }
            Assert.InRange(numbers.Min(), double.NegativeInfinity, wanted.Max());
            Assert.InRange(numbers.Max(), wanted.Min(), double.PositiveInfinity);
            double rHat = ChainDiagnostics.RHat(numbers, posterior.Draws.Chains);
            Assert.True(rHat <= worstRHat, $"{name}: R-hat is {rHat}");
            double effective =
                Math.Min(numbers.Length,
                    Math.Min(ChainDiagnostics.EssBulk(numbers, posterior.Draws.Chains), ChainDiagnostics.EssTail(numbers, posterior.Draws.Chains)));
            double chance = Chance(numbers, wanted, effective, out double distance);
            Assert.True(chance >= falseAlarmRate,
                $"{name}: the samples are {distance:F4} apart at {effective:F0} effective draws; a right sampler does worse with chance {chance:G3}");
        }
    }

    private static IEnumerable<(string Name, double[] Sampled, double[] Direct)> Margins(Distribution family, Tensor sampled, Tensor direct)
    {
        int size = (int)AsEvent(family).EventShape.Count;
        double[] a = sampled.ToArray<double>(), b = direct.ToArray<double>();
        bool[] counts = family is Masked masked ? masked.Selection.ToArray<bool>() : [.. Enumerable.Repeat(true, size)];
        for (int i = 0; i < size; i++)
        {
            if (counts[i])
            {
                yield return ($"entry {i}", Column(a, size, i), Column(b, size, i));
            }
        }
        if (size > 1 && Array.TrueForAll(counts, counted => counted))
        {
            yield return ("sum", Weighted(a, size), Weighted(b, size));
        }
        yield return ("score", AsEvent(family).LogProb(sampled).ToArray<double>(), AsEvent(family).LogProb(direct).ToArray<double>());
    }

    private static double[] Column(double[] values, int size, int column) =>
        [.. Enumerable.Range(0, values.Length / size).Select(i => values[(i * size) + column])];

    private static double[] Weighted(double[] values, int size) =>
        [.. Enumerable.Range(0, values.Length / size)
            .Select(i => Enumerable.Range(0, size).Sum(j => values[(i * size) + j] * Math.Cos(1 + (2 * j))))];

    /// <summary>The chance that two samples of one distribution lie as far apart, by the limit law with Stephens's correction.</summary>
    private static double Chance(double[] a, double[] b, double effective, out double distance)
    {
        double[] first = [.. a.Order()], second = [.. b.Order()];
        distance = 0;
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            double at = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] <= at)
            {
                i++;
            }
            while (j < second.Length && second[j] <= at)
            {
                j++;
            }
            distance = Math.Max(distance, Math.Abs(((double)i / first.Length) - ((double)j / second.Length)));
        }
        double root = Math.Sqrt(1 / ((1 / effective) + (1.0 / b.Length)));
        return ReferenceCdf.KolmogorovSurvival((root + 0.12 + (0.11 / root)) * distance);
    }
}
