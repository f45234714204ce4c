namespace Pyrite.Tests;

/// <summary>The page of errors has a section for every refusal of losses, and its example is what is really said.</summary>
public sealed class LossErrorsPageTests
{
    private static readonly Tensor Scores = Tensor.Zeros(4, 3);

    private static readonly Dictionary<string, Func<Tensor>> Refusals = new()
    {
        ["ShapesOfALossDiffer"] = () => Tensor.Zeros(50, 1).MeanSquaredError(Tensor.Zeros(50)),
        ["WeightsOfALossAreWider"] = () => Tensor.Zeros(4, 1).GaussianLoss(Tensor.Zeros(4, 1), Tensor.Ones(4)),
        ["WeightsOfClasses"] = () => Scores.CrossEntropy(Tensor.From([0, 1, 2, 0]), Tensor.Ones(4)),
        ["LabelIsNoClass"] = () => Scores.CrossEntropy(Tensor.From([0, -1, 1, 2])),
        ["LabelsOfAnotherShape"] = () => Scores.CrossEntropy(Tensor.From([0, 1, 2, 0]).Reshape(4, 1)),
        ["ProbabilitiesOfAnotherShape"] = () => Scores.CrossEntropy(Tensor.Zeros(4)),
        ["LabelsAreReals"] = () => Tensor.Zeros(4, 2).Embedding(Tensor.From([0.0])),
    };

    public static TheoryData<string> Kinds => [.. Refusals.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_refusal_says_what_its_section_shows(string kind)
    {
        string section = Assert.Single(Sections(), one => one.StartsWith($"{kind}\n", StringComparison.Ordinal));
        Assert.Contains("**Cause.**", section);
        Assert.Contains("**Remedy.**", section);
        Assert.StartsWith(section.Split('`')[1], Assert.ThrowsAny<ArgumentException>(Refusals[kind]).Message);
    }

    [Fact]
    public void Every_section_has_its_refusal() =>
        Assert.Equal(Refusals.Keys.Order(StringComparer.Ordinal), Sections().Select(section => section.Split('\n')[0]).Order(StringComparer.Ordinal));

    private static string[] Sections()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "Pyrite.slnx")))
        {
            at = Path.GetDirectoryName(at);
        }
        string page = File.ReadAllText(Path.Combine(at!, "docs", "errors.md")).ReplaceLineEndings("\n");
        return page.Split("\n# ").Single(part => part.StartsWith("Errors of losses\n", StringComparison.Ordinal)).Split("\n## ")[1..];
    }
}
