using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>Every family against the exact numbers of its golden file: densities, gradients, moments, distribution functions.</summary>
public sealed class FamilyGoldenTests
{
    private static readonly string[] OtherFiles = ["kl", "transforms", "constraints", "sampling", "special"];

    private static readonly HashSet<string> KnownFields =
    [
        "name", "tags", "note", "params", "construct", "batch_shape", "event_shape", "support", "rtol", "values", "mean", "variance", "entropy", "mode",
        "icdf", "enumerate_support", "covariance_matrix", "precision_matrix", "peer_error",
    ];

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string path in Directory.GetFiles(System.IO.Path.Combine(GoldenFolder.Root, "distributions"), "*.json").Order(StringComparer.Ordinal))
        {
            string file = System.IO.Path.GetFileNameWithoutExtension(path);
            if (!OtherFiles.Contains(file))
            {
                foreach (JsonElement entry in GoldenFolder.Json("distributions", file + ".json").GetProperty("cases").EnumerateArray())
                {
                    cases.Add(file, entry.GetProperty("name").GetString()!);
                }
            }
        }
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Matches_the_golden_numbers(string file, string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        JsonElement root = GoldenFolder.Json("distributions", file + ".json");
        JsonElement golden = root.GetProperty("cases").EnumerateArray().First(entry => entry.GetProperty("name").GetString() == name);
        foreach (JsonProperty property in golden.EnumerateObject())
        {
            Assert.True(KnownFields.Contains(property.Name), $"Golden field {property.Name} is not known to the tests.");
        }
        GoldenCase check = new(root.GetProperty("family").GetString()!, golden);
        check.Shapes();
        foreach (JsonElement entry in golden.GetProperty("values").EnumerateArray())
        {
            check.Scores(entry);
        }
        check.Moments();
        check.Quantiles();
        check.Enumeration();
        check.Finish();
    }
}
