namespace Pyrite.Documentation;

/// <summary>The page that lists the families is what the code says.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void The_page_of_families_is_up_to_date()
    {
        string path = Path.Combine(Catalogue.Root, "docs", "distributions.md");
        string page = Catalogue.Write();
        if (Environment.GetEnvironmentVariable("PYRITE_ACCEPT_DOCS") == "1")
        {
            File.WriteAllText(path, page);
        }
        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == page,
            "docs/distributions.md is not what the code says. Write it: PYRITE_ACCEPT_DOCS=1 dotnet test tests/Pyrite.Distributions.Tests, then "
                + "commit the page.");
    }
}
