namespace Pyrite.Tests.Models;

/// <summary>The table of valid and invalid models: what each gives, or the error it is refused with.</summary>
public sealed class ModelTableTests
{
    private static readonly Dictionary<string, ModelCase> Table =
        ((IEnumerable<ModelCase>)[.. StatementModels.Cases, .. PlateModels.Cases, .. HandledModels.Cases, .. PairedModels.Cases,
            .. ContractModels.Cases, .. SupportModels.Cases, .. DiscreteModels.Cases,
            .. SeriesModelCases.Cases]).ToDictionary(c => c.Name);

    public static TheoryData<string> Valid => [.. Table.Values.Where(c => c.Expected is not null).Select(c => c.Name)];

    public static TheoryData<string> Invalid => [.. Table.Values.Where(c => c.Expected is null).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_model_gives_its_sites(string name) => Assert.Equal(Table[name].Expected, Table[name].Run());

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_model_is_refused_with_its_message(string name)
    {
        ModelException error = Assert.Throws<ModelException>(Table[name].Run);
        Assert.Equal(Table[name].Error, error.Kind);
        Assert.All(Table[name].Phrases, phrase => Assert.Contains(phrase, error.Message));
        Assert.NotEmpty(Table[name].Phrases);
        Assert.EndsWith(".", error.Message.Split("\n")[0]);
    }

    [Fact]
    public void Every_kind_of_error_stands_in_the_table() =>
        Assert.Empty(Enum.GetValues<ModelError>().Except(Table.Values.Where(c => c.Expected is null).Select(c => c.Error)));

    [Fact]
    public void Every_kind_of_error_has_a_section_with_cause_and_remedy_in_the_manual()
    {
        // Errors of models come first on the page; those of files and of the command line have parts of their own, and tests of their own.
        string[] sections = File.ReadAllText(ErrorsPage()).ReplaceLineEndings("\n").Split("\n# ")[0].Split("\n## ");
        foreach (ModelError kind in Enum.GetValues<ModelError>())
        {
            string section = Assert.Single(sections, s => s.StartsWith($"{kind}\n", StringComparison.Ordinal));
            Assert.Contains("**Cause.**", section);
            Assert.Contains("**Remedy.**", section);
        }
        Assert.Equal(Enum.GetValues<ModelError>().Length, sections.Length - 1);
    }

    private static string ErrorsPage()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Pyrite.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return Path.Combine(folder!, "docs", "errors.md");
    }
}
