using System.Text.RegularExpressions;

namespace Pyrite;

/// <summary>What names the version of the packages names the one that is packed.</summary>
public sealed partial class VersionTests
{
    [Fact]
    public void Templates_and_documents_ask_for_the_version_that_is_packed()
    {
        string version = Version().Match(Repository.Read("Directory.Build.props")).Groups[1].Value;
        string[] files =
            [.. Repository.Files.Where(file => file.StartsWith("templates/") || file == "README.md"
                || (file.StartsWith("docs/") && file.EndsWith(".md")))];
        (string File, string Version)[] asked =
            [.. files.SelectMany(file => Reference().Matches(Repository.Read(file)).Select(match => (file, match.Groups[1].Value)))];

        Assert.True(asked.Length >= 5, "The pattern no longer finds the references of the templates.");
        Assert.All(asked, one => Assert.Equal(version, one.Version));
    }

    [GeneratedRegex("<Version>(.*)</Version>", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex("(?:Include=\"Pyrite[.\\w]*\" Version=\"|#:package Pyrite[.\\w]*@)([^\"\\s]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
