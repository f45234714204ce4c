using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>Every family against the exact numbers of its golden file: densities, gradients, moments, distribution functions.</summary>
public sealed class FamilyGoldenTests
{
    private static readonly string[] OtherFiles = ["kl", "transforms", "constraints", "sampling", "special"];

    private static readonly HashSet<string> KnownFields =
    [
        "name", "family", "tags", "note", "params", "construct", "batch_shape", "event_shape", "support", "rtol", "values", "mean", "variance",
            "entropy", "mode",
        "icdf", "enumerate_support", "covariance_matrix", "precision_matrix", "peer_error",
    ];

    public static TheoryData<string, int, string> Cases()
    {
        TheoryData<string, int, string> cases = [];
        foreach (string path in Directory.GetFiles(System.IO.Path.Combine(GoldenFolder.Root, "distributions"), "*.json")
            .Order(StringComparer.Ordinal))
        {
            string file = System.IO.Path.GetFileNameWithoutExtension(path);
            if (!OtherFiles.Contains(file))
            {
                int index = 0;
                foreach (JsonElement entry in GoldenFolder.Json("distributions", file + ".json").GetProperty("cases").EnumerateArray())
                {
                    cases.Add(file, index++, entry.GetProperty("name").GetString()!);
                }
            }
        }
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Matches_the_golden_numbers(string file, int index, string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        JsonElement root = GoldenFolder.Json("distributions", file + ".json");
        JsonElement golden = root.GetProperty("cases")[index];
        foreach (JsonProperty property in golden.EnumerateObject())
        {
            Assert.True(KnownFields.Contains(property.Name), $"{name}: golden field {property.Name} is not known to the tests.");
        }
        GoldenCase check = new(golden.Optional("family")?.GetString() ?? root.Optional("family")?.GetString(), golden);
        check.Shapes();
        foreach (JsonElement entry in golden.Entries("values"))
        {
            check.Scores(entry);
        }
        check.Moments();
        check.Quantiles();
        check.Enumeration();
        check.Finish();
    }
}
