using Pyrite.Testing;


namespace Pyrite.Sampling;

/// <summary>Counts and categories against their probabilities, from tiny to huge rates.</summary>
/// <remarks>Fixed seeds; a right program fails a single check with chance 1e-6, the whole class with chance below 1e-4.</remarks>
[Trait("Once", "Cultures")]
public sealed class CountDrawsTests
{
    private const int Draws = 200_000;
    private const double FalseAlarmRate = 1e-6;

    private static readonly RandomKey Key = RandomKey.FromSeed(32);

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(9.99)]
    [InlineData(10)]
    [InlineData(14.5)]
    [InlineData(50)]
    [InlineData(1000)]
    [InlineData(1e6)]
    [InlineData(3e8)]
    public void Poisson_counts_follow_their_probabilities(double rate)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Poisson poisson = new(rate);
        double[] draws = poisson.Sample(Key.Child(1), [Draws]).ToArray<double>();
        double[] edges = Edges(rate);
        double[] cumulative = [.. edges.Select(edge => poisson.Cdf(edge).Item()), 1];
        double[] chances = [.. cumulative.Select((p, i) => i == 0 ? p : p - cumulative[i - 1])];
        long[] counts = new long[chances.Length];
        foreach (double draw in draws)
        {
            int cell = Array.BinarySearch(edges, draw);
            counts[cell < 0 ? ~cell : cell]++;
        }

        Assert.All(draws, draw => Assert.Equal(Math.Floor(draw), draw));
        StatisticalAssert.ChiSquare(counts, chances, FalseAlarmRate, $"rate {rate}");
        StatisticalAssert.MeanWithin(draws, rate, Math.Sqrt(rate), FalseAlarmRate, $"rate {rate}");
        StatisticalAssert.MeanWithin([.. draws.Select(x => (x - rate) * (x - rate) / rate)], 1, FalseAlarmRate, $"variance at rate {rate}");
    }

    [Fact]
    public void Poisson_counts_of_a_row_of_rates_repeat_the_row()
    {
        Tensor rates = Tensor.From([0.5f, 12, 100]);
        Tensor draws = new Poisson(rates).Sample(Key.Child(2), [Draws / 3]);
        Assert.Equal([Draws / 3, 3], draws.Shape);
        for (int k = 0; k < 3; k++)
        {
            double rate = rates.ToArray<double>()[k];
            StatisticalAssert.MeanWithin(draws.Select(-1, k).ToArray<double>(), rate, Math.Sqrt(rate), FalseAlarmRate, $"rate {rate}");
        }
        Tensor column = new Poisson(rates.Unsqueeze(-1)).Expand([3, 5]).Sample(Key.Child(3), [1000]);
        Assert.Equal([1000, 3, 5], column.Shape);
        StatisticalAssert.MeanWithin(column.Select(1, 2).ToArray<double>(), 100, 10, FalseAlarmRate, "expanded rates");
    }

    [Fact]
    public void Poisson_counts_without_a_rate_are_NaN()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        double[] draws = new Poisson(Tensor.From([-1, double.NaN, 0, double.PositiveInfinity]), validate: false).Sample(Key).ToArray<double>();
        Assert.Equal([double.NaN, double.NaN, 0, double.NaN], draws);
    }

    [Theory, InlineData(2), InlineData(10), InlineData(64), InlineData(65), InlineData(500)]
    public void Categories_follow_their_probabilities(int size)
    {
        double[] weights = [.. Enumerable.Range(0, size).Select(k => 1.0 + (k % 3))];
        double total = weights.Sum();
        long[] counts = new long[size];
        foreach (long draw in new Categorical(Tensor.From(weights)).Sample(Key.Child(4), [Draws]).ToArray<long>())
        {
            counts[draw]++;
        }
        StatisticalAssert.ChiSquare(counts, [.. weights.Select(w => w / total)], FalseAlarmRate, $"{size} categories");
    }

    /// <summary>Whole numbers about half a standard deviation apart, out to three.</summary>
    private static double[] Edges(double rate)
    {
        SortedSet<double> edges = [];
        for (double z = -3; z <= 3; z += 0.5)
        {
            double edge = Math.Floor(rate + (z * Math.Sqrt(rate)));
            if (edge >= 0)
            {
                edges.Add(edge);
            }
        }
        return [.. edges];
    }
}
