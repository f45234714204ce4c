namespace Pyrite.Tests.Enumeration;

/// <summary>No golden case is passed by in silence.</summary>
[Trait("Once", "Cultures")]
public sealed class EnumerationKindsGoldenTests
{
    /// <summary>Kinds without a model in these tests yet.</summary>
    private static readonly string[] Unsupported = [];

    private static readonly string[] Others = ["density", "posterior"];

    [Fact]
    public void Every_kind_has_a_model_or_stands_in_the_list_of_those_without()
    {
        string[] kinds = [.. GoldenCase.All.Select(c => c.Kind).Distinct()];

        Assert.Equal(kinds.Where(kind => !GoldenModels.Summed.ContainsKey(kind) && !BoundModels.All.ContainsKey(kind) && !Others.Contains(kind)),
            Unsupported.Where(kinds.Contains));
    }
}
