namespace Pyrite.Book;

/// <summary>Every page of the book can be found from its contents, on the site and in the repository.</summary>
public sealed class ContentsTests
{
    [Theory]
    [InlineData("docs/toc.yml", "href: {0}\n")]
    [InlineData("docs/README.md", "({0})")]
    public void Contents_name_every_page(string contents, string link)
    {
        string text = Repository.Read(contents);
        string[] pages = [.. Repository.Files.Where(file => file.StartsWith("docs/") && file.EndsWith(".md") && file != "docs/README.md")];

        Assert.NotEmpty(pages);
        Assert.All(pages.Select(page => page["docs/".Length..]), page => Assert.Contains(string.Format(link, page), text));
    }
}
