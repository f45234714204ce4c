using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>Draws against exact moments, distribution functions and pathwise derivatives.</summary>
/// <remarks>Fixed seeds; a right program fails each single comparison with chance 1e-7, the whole class with chance 1e-4.</remarks>
public sealed class SamplingGoldenTests
{
    private const int Draws = 20_000;
    private const double FalseAlarmRate = 1e-7;

    public static TheoryData<int, string> Cases()
    {
        TheoryData<int, string> cases = [];
        int index = 0;
        foreach (JsonElement entry in GoldenFolder.Json("distributions", "sampling.json").GetProperty("cases").EnumerateArray())
        {
            cases.Add(index++, entry.GetProperty("family").GetString()!);
        }
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Draws_follow_the_golden_law(int index, string family)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        JsonElement golden = GoldenFolder.Json("distributions", "sampling.json").GetProperty("cases")[index];
        Distribution distribution = GoldenDistributions.Build(golden, family, true, []);
        Tensor draws = distribution.Sample(RandomKey.FromSeed((ulong)index), [Draws]);
        Assert.Equal([Draws, .. distribution.BatchShape, .. distribution.EventShape], draws.Shape);
        Assert.True(distribution.Support.Check(draws).All(), $"{family}: a draw lies outside the support.");
        CheckMoments(golden, draws);
        if (golden.Optional("cdf") is { } cdf)
        {
            CheckCells(draws, cdf.GetProperty("x").Values().Data, cdf.GetProperty("p").Values().Data);
        }
        if (golden.Optional("pmf") is { } pmf && distribution.EventShape.Rank == 0)
        {
            double[] cumulative = pmf.GetProperty("p").Values().Data;
            for (int i = 1; i < cumulative.Length; i++)
            {
                cumulative[i] += cumulative[i - 1];
            }
            CheckCells(draws, pmf.GetProperty("x").Values().Data[..^1], cumulative[..^1]);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Draws_carry_the_golden_pathwise_derivatives(int index, string family)
    {
        JsonElement golden = GoldenFolder.Json("distributions", "sampling.json").GetProperty("cases")[index];
        if (golden.Optional("pathwise") is not { } pathwise)
        {
            return;
        }
        using Precision.Scope precision = Precision.Use(DType.Float64);
        foreach (JsonProperty wanted in pathwise.EnumerateObject())
        {
            Dictionary<string, Tensor> variables = [];
            Distribution distribution = GoldenDistributions.Build(golden, family, true, variables, repeat: Draws);
            Tensor draws = distribution.Sample(RandomKey.FromSeed((ulong)(100 + index)));
            Tensor first = distribution.EventShape.Rank == 0 ? draws : draws.Select(-1, 0);
            foreach (JsonProperty moment in wanted.Value.EnumerateObject())
            {
                Tensor quantity = moment.Name.StartsWith("d_mean", StringComparison.Ordinal) ? first : first.Square();
                double[] slopes = Gradient.Of(quantity.Sum(), [variables[wanted.Name]])[0].ToArray<double>();
                double[] expected = moment.Value.Values().Data;
                for (int component = 0; component < expected.Length; component++)
                {
                    double[] own = [.. Enumerable.Range(0, Draws).Select(i => slopes[(i * expected.Length) + component])];
                    CheckMean(own, expected[component], $"{family} {moment.Name} by {wanted.Name}[{component}]");
                }
            }
        }
    }

    private static void CheckMoments(JsonElement golden, Tensor draws)
    {
        double[] values = draws.ToArray<double>();
        int size = values.Length / Draws;
        double[]? mean = golden.Optional("mean")?.Values().Data;
        double[]? variance = golden.Optional("variance")?.Values().Data;
        for (int component = 0; mean is not null && component < size; component++)
        {
            double[] own = [.. Enumerable.Range(0, Draws).Select(i => values[(i * size) + component])];
            string family = golden.GetProperty("family").GetString()!;
            if (!double.IsFinite(mean[component]) || variance is null || !double.IsFinite(variance[component]) || family == "VonMises")
            {
                continue;
            }
            CheckMean(own, mean[component], $"{family} mean [{component}]");
            CheckMean([.. own.Select(x => (x - mean[component]) * (x - mean[component]))], variance[component], $"{family} variance [{component}]");
        }
    }

    private static void CheckMean(double[] values, double expected, string name)
    {
        if (values.All(value => Math.Abs(value - values[0]) < 1e-12))
        {
            Close.Assert(values[0], expected, 1e-9, 1e-9, name);
            return;
        }
        StatisticalAssert.MeanWithin(values, expected, FalseAlarmRate, name);
    }

    /// <summary>Counts draws between the points; sparse cells at the end are merged.</summary>
    private static void CheckCells(Tensor draws, double[] points, double[] cumulative)
    {
        List<double> edges = [];
        List<double> chances = [];
        double before = 0;
        for (int i = 0; i < points.Length; i++)
        {
            if ((cumulative[i] - before) * Draws >= 5 && (1 - cumulative[i]) * Draws >= 5)
            {
                edges.Add(points[i]);
                chances.Add(cumulative[i] - before);
                before = cumulative[i];
            }
        }
        chances.Add(1 - before);
        long[] counts = new long[chances.Count];
        foreach (double draw in draws.ToArray<double>())
        {
            int cell = 0;
            while (cell < edges.Count && draw > edges[cell])
            {
                cell++;
            }
            counts[cell]++;
        }
        StatisticalAssert.ChiSquare(counts, [.. chances], FalseAlarmRate);
    }
}
