using System.Text.RegularExpressions;

namespace Pyrite.Book;

/// <summary>A tutorial shows the code of its sample, which the checks run, and the pictures that the sample makes.</summary>
public sealed partial class TutorialTests
{
    private const int FewestTutorials = 11;

    private static string[] Pages => [.. Repository.Files.Where(file => Page().IsMatch(file))];

    [Fact]
    public void The_code_of_a_tutorial_is_that_of_its_sample()
    {
        Assert.InRange(Pages.Length, FewestTutorials, int.MaxValue);
        List<string> wrong = [];
        foreach (string page in Pages)
        {
            string[] sample = Repository.ReadLines(SampleOf(page));
            string[][] blocks = [.. Blocks(page)];
            wrong.AddRange(blocks.Where(block => !Contains(sample, block)).Select(block => $"{page}: the sample does not have \"{block[0]}\" so"));
            wrong.AddRange(blocks.Length >= 2 ? [] : [$"{page} shows {blocks.Length} blocks of code"]);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Append("`dotnet run docs/remake.cs -- --code` takes the code of the samples anew.")));
    }

    [Fact]
    public void The_pictures_of_a_tutorial_are_those_that_its_sample_makes()
    {
        foreach (string page in Pages)
        {
            string name = Path.GetFileNameWithoutExtension(page), sample = Repository.Read(SampleOf(page));
            string[] pictures = [.. Picture().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value)];

            Assert.NotEmpty(pictures);
            Assert.All(pictures, picture =>
            {
                Assert.StartsWith($"../images/{name}/", picture);
                Assert.Contains($"\"runs/{name}/{Path.GetFileName(picture)}\"", sample);
                Assert.True(Repository.Exists(Path.Combine("docs/tutorials", picture)), $"{page} shows {picture}, which is not there.");
            });
        }
    }

    [Fact]
    public void Code_that_differs_in_one_line_is_found()
    {
        string[] sample = ["a", "b", "c"];

        Assert.True(Contains(sample, ["b", "c"]));
        Assert.False(Contains(sample, ["a", "c"]));
    }

    private static string SampleOf(string page) => $"samples/{Path.GetFileNameWithoutExtension(page)}.cs";

    private static IEnumerable<string[]> Blocks(string page)
    {
        string[] lines = Repository.ReadLines(page);
        for (int open = Array.IndexOf(lines, "```csharp"); open >= 0; open = Array.IndexOf(lines, "```csharp", open + 1))
        {
            yield return lines[(open + 1)..Array.IndexOf(lines, "```", open)];
        }
    }

    private static bool Contains(string[] lines, string[] block) =>
        Enumerable.Range(0, lines.Length).Any(at => lines.Skip(at).Take(block.Length).SequenceEqual(block));

    [GeneratedRegex(@"^docs/tutorials/\d\d-.*\.md$", RegexOptions.CultureInvariant)]
    private static partial Regex Page();

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Picture();
}
