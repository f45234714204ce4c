using Pyrite.Testing;


namespace Pyrite.Tests;

/// <summary>Statistical quality at fixed seeds; each check fails a right generator with chance 1e-4.</summary>
[Trait("Once", "Cultures"), Trait("Once", "Widths")]
public class RandomKeyStatisticsTests
{
    private const int Draws = 1_000_000;
    private const double FalseAlarmRate = 1e-4;

    private static readonly RandomKey Key = RandomKey.FromSeed(1).Child("statistics");

    public static TheoryData<string> Fills => ["uniform32", "uniform64", "normal32", "normal64"];

    [Theory, MemberData(nameof(Fills))]
    public void Draws_follow_their_distribution_function(string fill)
    {
        double[] draws = Draw(fill, Key.Child("cdf"));

        // A million Float32 draws share 2^23 values: the steps of 1e-7 stay far below the test's resolution of 1e-3.
        StatisticalAssert.KolmogorovSmirnov(draws, fill.StartsWith('u') ? x => x : ReferenceCdf.Normal, FalseAlarmRate, fill);
    }

    [Theory, MemberData(nameof(Fills))]
    public void First_four_moments_are_right(string fill)
    {
        double[] draws = Draw(fill, Key.Child("moments"));
        // E x^k for k = 1 … 8: uniform 1/(k + 1), normal 0, 1, 0, 3, 0, 15, 0, 105.
        double[] moments = fill.StartsWith('u') ? [.. Enumerable.Range(1, 8).Select(k => 1.0 / (k + 1))] : [0, 1, 0, 3, 0, 15, 0, 105];
        for (int k = 1; k <= 4; k++)
        {
            double[] powers = [.. draws.Select(x => Math.Pow(x, k))];
            double deviation = Math.Sqrt(moments[2 * k - 1] - moments[k - 1] * moments[k - 1]);
            StatisticalAssert.MeanWithin(powers, moments[k - 1], deviation, FalseAlarmRate, $"{fill}: moment {k}");
        }
    }

    [Theory, MemberData(nameof(Fills))]
    public void Draws_at_any_lag_are_uncorrelated(string fill)
    {
        double[] draws = Standardize(fill, Draw(fill, Key.Child("lags")));
        foreach (int lag in (int[])[1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 48, 63, 64, 128, 1000])
        {
            double[] products = [.. Enumerable.Range(0, Draws - lag).Select(i => draws[i] * draws[i + lag])];
            StatisticalAssert.MeanWithin(products, 0, 1, FalseAlarmRate, $"{fill}: lag {lag}");
        }
    }

    [Theory, InlineData(8), InlineData(16)]
    public void The_two_normals_of_a_pair_are_independent_in_their_squares(int distance)
    {
        double[] draws = Draw(distance == 8 ? "normal64" : "normal32", Key.Child("pairs"));
        double[] products =
            [.. Enumerable.Range(0, Draws - distance).Select(i => (draws[i] * draws[i] - 1) * (draws[i + distance] * draws[i + distance] - 1) / 2)];

        StatisticalAssert.MeanWithin(products, 0, 1, FalseAlarmRate);
    }

    [Fact]
    public void Every_bit_is_set_half_the_time()
    {
        ulong[] words = new ulong[Draws];
        Key.Child("bits").FillBits(words);
        for (int bit = 0; bit < 64; bit++)
        {
            long ones = words.LongCount(word => ((word >> bit) & 1) == 1);
            StatisticalAssert.ChiSquare([Draws - ones, ones], [0.5, 0.5], FalseAlarmRate, $"bit {bit}");
        }
    }

    [Theory, InlineData(2), InlineData(3), InlineData(10), InlineData(1000)]
    public void Integers_are_equally_likely(int bound)
    {
        long[] draws = new long[Draws];
        Key.Child("integers").FillIntegers(draws, bound);
        long[] counts = new long[bound];
        foreach (long draw in draws)
        {
            counts[draw]++;
        }
        StatisticalAssert.ChiSquare(counts, [.. Enumerable.Repeat(1.0 / bound, bound)], FalseAlarmRate);
    }

    [Fact]
    public void Integers_of_a_huge_range_are_unbiased_where_the_remainder_is_large()
    {
        const long bound = 3L << 61;                    // without rejection the three thirds would be drawn 3 : 3 : 2
        long[] draws = new long[Draws];
        Key.Child("huge").FillIntegers(draws, bound);
        long[] counts = new long[3];
        foreach (long draw in draws)
        {
            counts[draw >> 61]++;
        }
        long odd = draws.LongCount(draw => (draw & 1) == 1);

        StatisticalAssert.ChiSquare(counts, [1.0 / 3, 1.0 / 3, 1.0 / 3], FalseAlarmRate);
        StatisticalAssert.ChiSquare([Draws - odd, odd], [0.5, 0.5], FalseAlarmRate);
    }

    [Fact]
    public void All_permutations_of_four_are_equally_likely()
    {
        long[] counts = new long[256];
        double[] probabilities = new double[256];
        int[] order = new int[4];
        for (int i = 0; i < 200_000; i++)
        {
            Key.Child("orders").Child(i).Permutation(order);
            int code = (order[0] << 6) | (order[1] << 4) | (order[2] << 2) | order[3];
            counts[code]++;
            probabilities[code] = 1.0 / 24;
        }
        Assert.Equal(24, probabilities.Count(p => p > 0));
        StatisticalAssert.ChiSquare(counts, probabilities, FalseAlarmRate);
    }

    [Fact]
    public void First_draws_of_neighbouring_children_are_independent_uniforms()
    {
        double[] byIndex = new double[100_000], byName = new double[100_000], bySeed = new double[100_000];
        for (int i = 0; i < byIndex.Length; i++)
        {
            Key.Child(i).FillUniform(byIndex.AsSpan(i, 1));
            Key.Child($"site{i}").FillUniform(byName.AsSpan(i, 1));
            RandomKey.FromSeed((ulong)i).FillUniform(bySeed.AsSpan(i, 1));
        }
        foreach ((string name, double[] draws) in new[] { ("index", byIndex), ("name", byName), ("seed", bySeed) })
        {
            StatisticalAssert.KolmogorovSmirnov(draws, x => x, FalseAlarmRate, name);
            double[] products = [.. Enumerable.Range(0, draws.Length - 1).Select(i => 12 * (draws[i] - 0.5) * (draws[i + 1] - 0.5))];
            StatisticalAssert.MeanWithin(products, 0, 1, FalseAlarmRate, name);
        }
    }

    [Fact]
    public void Streams_of_parent_and_children_are_uncorrelated()
    {
        RandomKey[] keys = [Key, Key.Child(0), Key.Child(1), Key.Child("0"), Key.Child("a"), Key.Child("b"), Key.Child("a").Child(0)];
        double[][] streams = [.. keys.Select(key => Standardize("uniform64", Draw("uniform64", key)))];
        for (int i = 0; i < streams.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double[] products = [.. streams[i].Zip(streams[j], (a, b) => a * b)];
                StatisticalAssert.MeanWithin(products, 0, 1, FalseAlarmRate, $"streams {i} and {j}");
            }
        }
    }

    private static double[] Draw(string fill, RandomKey key)
    {
        double[] draws = new double[Draws];
        float[] single = new float[Draws];
        switch (fill)
        {
            case "uniform32": key.FillUniform(single); break;
            case "uniform64": key.FillUniform(draws); return draws;
            case "normal32": key.FillNormal(single); break;
            case "normal64": key.FillNormal(draws); return draws;
            default: throw new ArgumentException(fill);
        }
        return [.. single.Select(x => (double)x)];
    }

    private static double[] Standardize(string fill, double[] draws) =>
        fill.StartsWith('u') ? [.. draws.Select(x => (x - 0.5) * Math.Sqrt(12))] : draws;
}
