using System.Text.RegularExpressions;

namespace Pyrite;

/// <summary>The documents speak of files and commands that exist.</summary>
public sealed partial class DocumentTests
{
    private static IEnumerable<string> Documents => Repository.Files.Where(file => file.EndsWith(".md") && !file.StartsWith("tests/golden/"));

    [Fact]
    public void Links_in_documents_lead_to_files_that_exist()
    {
        List<string> broken = [];
        foreach (string document in Documents)
        {
            string folder = Path.GetDirectoryName(document)!;
            foreach (Match link in Link().Matches(Repository.Read(document)))
            {
                string target = link.Groups[1].Value;
                if (!target.Contains("://") && !target.StartsWith("mailto:") && !Repository.Exists(Path.Combine(folder, target)))
                {
                    broken.Add($"{document} links to {target}");
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    [Fact]
    public void Paths_quoted_in_documents_exist()
    {
        List<string> missing = [];
        foreach (string document in Documents)
        {
            foreach (Match path in QuotedPath().Matches(Repository.Read(document)))
            {
                if (!Repository.Exists(path.Groups[1].Value))
                {
                    missing.Add($"{document} names {path.Groups[1].Value}");
                }
            }
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public void The_document_gives_the_test_command_that_the_checks_run(string document)
    {
        string command = TestCommand().Match(Repository.Read(".ci/run")).Groups[1].Value;

        Assert.StartsWith("dotnet test", command);
        Assert.Contains(command, Repository.ReadLines(document).Select(line => line.Split('#')[0].Trim()));
    }

    [GeneratedRegex(@"\]\(([^)#\s]+)(#[^)]*)?\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    /// <summary>`folder/...` in backticks, for the top folders of the repository; patterns and placeholders are left alone.</summary>
    [GeneratedRegex(@"`((?:src|apps|tests|bench|samples|docs|data|\.ci)/[\w./-]*)`", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedPath();

    [GeneratedRegex(@"^test_command='([^']+)'$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TestCommand();
}
