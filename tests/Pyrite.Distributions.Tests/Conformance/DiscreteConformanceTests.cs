using Pyrite.Testing;



namespace Pyrite.Conformance;

/// <summary>What every family of counts must satisfy.</summary>
/// <remarks>Fixed seeds; a right program fails a single statistical check with chance 1e-7.</remarks>
public sealed class DiscreteConformanceTests
{
    private const int Draws = 20_000;
    private const int Lowest = -5;
    private const int Values = 400;
    private const double FalseAlarmRate = 1e-7;

    public static TheoryData<string> Names => [.. CountFamilies.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Probabilities_sum_to_one_and_draws_follow_them(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = CountFamilies.All[name].Make();
        double[] probabilities = Probabilities(distribution);
        Assert.Equal(1, probabilities.Sum(), 1e-9);
        Tensor draws = distribution.Sample(RandomKey.FromSeed(21), [Draws]);
        Assert.True(distribution.Support.Check(draws).All());
        long[] counts = new long[Values];
        foreach (double draw in draws.ToArray<double>())
        {
            counts[(int)draw - Lowest]++;
        }
        (long[] merged, double[] chances) = Merge(counts, probabilities);
        StatisticalAssert.ChiSquare(merged, chances, FalseAlarmRate, name);
    }

    [Theory, MemberData(nameof(Names))]
    public void Moments_and_distribution_function_are_those_of_the_probabilities(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = CountFamilies.All[name].Make();
        double[] probabilities = Probabilities(distribution);
        double mean = probabilities.Select((p, i) => p * (i + Lowest)).Sum();
        double variance = probabilities.Select((p, i) => p * (i + Lowest - mean) * (i + Lowest - mean)).Sum();
        if (double.IsFinite(distribution.Mean.Item()))
        {
            Assert.Equal(mean, distribution.Mean.Item(), 1e-8);
            Assert.Equal(variance, distribution.Variance.Item(), 1e-7);
        }
        double sum = 0;
        for (int i = 0; i < 30; i++)
        {
            sum += probabilities[i];
            Assert.Equal(sum, distribution.Cdf((double)(i + Lowest)).Item(), 1e-10);
            Assert.Equal(1 - sum, distribution.SurvivalFunction(i + Lowest + 0.5).Item(), 1e-10);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Quantiles_are_the_first_counts_that_reach_a_probability(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = CountFamilies.All[name].Make();
        double[] levels = [0.01, 0.3, 0.5, 0.77, 0.999];
        Tensor found = distribution.InverseCdf(Tensor.From(levels));
        Tensor mirrored = distribution.InverseSurvivalFunction(Tensor.From(levels));
        for (int i = 0; i < levels.Length; i++)
        {
            double x = found.ToArray<double>()[i];
            Assert.True(distribution.Cdf(x).Item() >= levels[i] && distribution.Cdf(x - 1).Item() < levels[i], $"{name}: {x} at {levels[i]}");
            double y = mirrored.ToArray<double>()[i];
            Assert.True(distribution.SurvivalFunction(y).Item() <= levels[i] && distribution.SurvivalFunction(y - 1).Item() > levels[i],
                $"{name}: {y} above {levels[i]}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_of_the_score_agree_with_differences(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Family family = CountFamilies.All[name];
        if (family.Parameters.Length == 0)
        {
            Assert.Equal("DiscreteUniform", name);
            return;
        }
        GradientCheck.Verify(
            p => family.MakeFrom(p, false).LogProb(Tensor.From([0.0, 1, 2])[..(name.Contains("Bernoulli", StringComparison.Ordinal) ? 2 : 3)]).Sum(),
                family.Parameters, 1e-5, 1e-6);
    }

    [Theory, MemberData(nameof(Names))]
    public void Values_between_counts_are_refused_or_impossible(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = CountFamilies.All[name].Make();
        ArgumentException error = Assert.Throws<ArgumentException>(() => distribution.LogProb(Tensor.From([0.5])));
        Assert.Contains("found 0.5 at index [0]", error.Message, StringComparison.Ordinal);
    }

    private static double[] Probabilities(Distribution distribution)
    {
        double[] probabilities = new double[Values];
        for (int i = 0; i < Values; i++)
        {
            Tensor value = Tensor.Full([1], i + Lowest);
            probabilities[i] = distribution.Support.Check(value).All() ? Math.Exp(distribution.LogProb(value).Item()) : 0;
        }
        return probabilities;
    }

    private static (long[] Counts, double[] Chances) Merge(long[] counts, double[] chances)
    {
        List<long> mergedCounts = [0];
        List<double> mergedChances = [0];
        for (int i = 0; i < counts.Length; i++)
        {
            if (mergedChances[^1] * Draws >= 5)
            {
                mergedCounts.Add(0);
                mergedChances.Add(0);
            }
            mergedCounts[^1] += counts[i];
            mergedChances[^1] += chances[i];
        }
        if (mergedChances[^1] * Draws < 5 && mergedChances.Count > 1)
        {
            mergedCounts[^2] += mergedCounts[^1];
            mergedChances[^2] += mergedChances[^1];
            mergedCounts.RemoveAt(mergedCounts.Count - 1);
            mergedChances.RemoveAt(mergedChances.Count - 1);
        }
        return ([.. mergedCounts], [.. mergedChances]);
    }
}
