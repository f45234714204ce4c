using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Tests.Enumeration;

/// <summary>Marginals, most probable values, entropies and joint draws by Discrete.</summary>
[Trait("Once", "Cultures")]
public sealed class EnumerationPosteriorGoldenTests
{
    private const int Draws = 4_000;

    public static TheoryData<string> SmallNames => [.. GoldenCase.All.Where(c => GoldenModels.Summed.ContainsKey(c.Kind)
        && c.Expected.TryGetProperty("map", out _) && !c.Kind.StartsWith("big_", StringComparison.Ordinal)).Select(c => c.Name)];

    [Theory, MemberData(nameof(SmallNames))]
    public void Marginals_entropy_and_the_most_probable_values_are_exact(string name)
    {
        GoldenCase c = GoldenCase.Of(name);
        Discrete found = Infer(c);

        Close.Assert(found.LogEvidence, c.Number("log_evidence"), 0, 1e-10, name);
        foreach ((string site, GoldenTensor table) in c.Tensors("marginals"))
        {
            GoldenCells cells = new(c, site);
            for (int cell = 0; cell < cells.Count; cell++)
            {
                if (cells.IsLatent(cell))
                {
                    (string own, int entry) = cells.Of(cell);
                    double[] chances = found[own].Marginals.ToArray<double>().AsSpan(entry * cells.Support, cells.Support).ToArray();
                    Close.Assert(chances, table.Data.AsSpan(cell * cells.Support, cells.Support), 0, 1e-9, $"{name} {site}[{cell}]");
                }
            }
        }
        Close.Assert(found.Entropy, c.Number("posterior_entropy"), 0, 1e-9, $"{name} entropy");

        JsonElement map = c.Expected.GetProperty("map");
        Close.Assert(found.MostProbableLogJoint, map.GetProperty("log_joint").Number(), 0, 1e-10, $"{name} map");
        IReadOnlyDictionary<string, Tensor> best = found.MostProbable;
        foreach (JsonProperty entry in map.GetProperty("values").EnumerateObject())
        {
            GoldenCells cells = new(c, entry.Name);
            double[] values = entry.Value.Values().Data;
            for (int cell = 0; cell < cells.Count; cell++)
            {
                if (cells.IsLatent(cell))
                {
                    Assert.Equal(values[cell], ValueOf(best, cells.Of(cell)));
                }
            }
        }
    }

    [Theory, MemberData(nameof(SmallNames))]
    [Trait("Category", "Long")]
    public void Joint_draws_follow_the_posterior_of_pairs(string name)
    {
        GoldenCase c = GoldenCase.Of(name);
        Discrete found = Infer(c);
        var draws = Enumerable.Range(0, Draws).Select(seed => found.Draw((ulong)seed)).ToArray();
        foreach (JsonElement pair in c.Expected.Entries("pairs"))
        {
            (GoldenCells first, int firstCell) = GoldenCells.Find(c, pair.GetProperty("first").GetString()!);
            (GoldenCells second, int secondCell) = GoldenCells.Find(c, pair.GetProperty("second").GetString()!);
            if (!first.IsLatent(firstCell) || !second.IsLatent(secondCell))
            {
                continue;
            }
            GoldenTensor table = pair.GetProperty("table").Values();
            double[] counts = new double[table.Data.Length];
            foreach (IReadOnlyDictionary<string, Tensor> draw in draws)
            {
                counts[((int)ValueOf(draw, first.Of(firstCell)) * table.Shape[1]) + (int)ValueOf(draw, second.Of(secondCell))]++;
            }
            double deviation = 0;
            int used = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                double expected = table.Data[i] * Draws;
                Assert.True(table.Data[i] > 0 || counts[i] == 0, $"{name}: an impossible pair was drawn");
                if (expected > 5)
                {
                    deviation += (counts[i] - expected) * (counts[i] - expected) / expected;
                    used++;
                }
            }
            // Chi-square with used - 1 degrees of freedom, far out in its tail; the draws are the same in every run.
            Assert.True(deviation < used + (6 * Math.Sqrt(2.0 * used)) + 12, $"{name} {pair.GetProperty("first")} "
                + $"{pair.GetProperty("second")}: {deviation}");
        }
    }

    [Fact]
    public void Marginals_inside_of_a_branch_are_given_that_it_is_taken()
    {
        GoldenCase c = GoldenCase.Of("branching/small");
        Discrete found = Infer(c);

        Close.Assert(found.LogEvidence, c.Number("log_evidence"), 0, 1e-10, "log evidence");
        Close.Assert(found["b"].Marginals.ToArray<double>(), c.Expected.GetProperty("marginals").GetProperty("b").Values().Data, 0, 1e-9, "b");
        Close.Assert(found["z"].Marginals.ToArray<double>(), c.Expected.GetProperty("z_given_b_is_1").Values().Data, 0, 1e-9, "z");
        Assert.Equal(2, found.Plan.Runs);
    }

    [Theory, InlineData("big_chain/steps_125"), InlineData("big_chain/steps_1000")]
    public void Long_chains_have_exact_marginals_and_paths(string name)
    {
        GoldenCase c = GoldenCase.Of(name);
        Discrete found = Infer(c);

        JsonElement marginals = c.Expected.GetProperty("marginals_at"), map = c.Expected.GetProperty("map");
        int[] steps = marginals.GetProperty("steps").Integers();
        GoldenTensor table = marginals.GetProperty("probabilities").Values();
        for (int i = 0; i < steps.Length; i++)
        {
            Close.Assert(found[$"z_{steps[i]}"].Marginals.ToArray<double>(), table.Data.AsSpan(i * table.Shape[1], table.Shape[1]), 0, 1e-9, name);
        }
        Close.Assert(found.MostProbableLogJoint, map.GetProperty("log_joint").Number(), 0, 1e-10, name);
        IReadOnlyDictionary<string, Tensor> best = found.MostProbable;
        int[] path = [.. Enumerable.Range(0, c.Integer("steps")).Select(t => (int)best[$"z_{t}"].Item())];
        Assert.Equal(map.GetProperty("first_steps").Integers(), path[..20]);
        Assert.Equal(map.GetProperty("count_of_each_state").Integers(), Enumerable.Range(0, 4).Select(state => path.Count(z => z == state)));
        Assert.Equal(c.Integer("steps"), found.Names.Count);
    }

    [Fact]
    public void Equal_seeds_give_equal_draws()
    {
        GoldenCase c = GoldenCase.Of("hmm/normal");

        Assert.Equal(Infer(c).Draw(3)["z_2"].Item(), Infer(c).Draw(3)["z_2"].Item());
    }

    private static Discrete Infer(GoldenCase c) => Discrete.Infer(() => GoldenModels.Summed[c.Kind](c));

    private static double ValueOf(IReadOnlyDictionary<string, Tensor> values, (string Site, int Entry) cell) =>
        values[cell.Site].To(DType.Float64).ToArray<double>()[cell.Entry];
}
