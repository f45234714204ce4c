using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>Divergences against exact numbers.</summary>
public sealed class KullbackLeiblerGoldenTests
{
    public static TheoryData<int, string> Cases()
    {
        TheoryData<int, string> cases = [];
        int index = 0;
        foreach (JsonElement entry in GoldenFolder.Json("distributions", "kl.json").GetProperty("cases").EnumerateArray())
        {
            cases.Add(index++, entry.GetProperty("name").GetString()!);
        }
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Matches_the_golden_numbers(int index, string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        JsonElement golden = GoldenFolder.Json("distributions", "kl.json").GetProperty("cases")[index];
        Distribution q = GoldenDistributions.Build(golden.GetProperty("q"), null, false, []);
        Distribution p = GoldenDistributions.Build(golden.GetProperty("p"), null, false, []);
        Tensor got = KullbackLeibler.Divergence(q, p);
        GoldenTensor want = golden.GetProperty("kl").Values();
        Assert.Equal(Shape.Create(want.Shape), got.Shape);
        Close.Assert(got.ToArray<double>(), want.Data, 0, golden.Tolerance(), name);
    }
}
