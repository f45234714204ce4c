using System.Text.RegularExpressions;

namespace Pyrite.Book;

/// <summary>Programs printed in the README and in the book compile, run, and print what stands below them.</summary>
public sealed partial class SnippetTests
{
    private const int MostFragments = 4;

    private static string[] Documents => [.. Repository.Files.Where(IsChecked)];

    [Fact]
    public void Every_printed_program_compiles()
    {
        Snippet[] snippets = [.. Documents.SelectMany(document => Snippet.In(document))];

        Assert.True(snippets.Length > 20, "The documents print hardly any program: are they found?");
        Assert.Equal([], snippets.AsParallel().AsOrdered().SelectMany(SnippetCompiler.Errors));
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Every_printed_program_in_fsharp_compiles()
    {
        Snippet[] snippets = [.. Documents.SelectMany(document => Snippet.In(document, "fsharp"))];

        Assert.True(snippets.Length > 2, "The documents print hardly any program in F#: are they found?");
        Assert.Equal("", FSharpCompiler.Errors(snippets));
        Assert.Contains("a page:7", FSharpCompiler.Errors([new Snippet("a page", 7, "let bias : int = Pyrite.Beta(10.0, 10.0)\n")]));
    }

    [Fact]
    public void Few_blocks_are_fragments() => Assert.InRange(
        Documents.Sum(document => Repository.ReadLines(document).Count(line => line.Trim() == Snippet.Fragment)), 0, MostFragments);

    [Fact]
    public void A_program_that_does_not_compile_is_found()
    {
        Snippet wrong = new("a page", 1, "Tensor bias = Sample(\"bias\", new Beta(10));\n");

        Assert.Contains("a page:1, line 1 of the program", Assert.Single(SnippetCompiler.Errors(wrong)));
    }

    /// <remarks><c>PYRITE_ACCEPT_DOCS=1</c> writes what the programs print into the documents.</remarks>
    [Fact]
    [Trait("Category", "Long")]
    public void Every_printed_program_runs_and_prints_what_is_said()
    {
        string before = Environment.CurrentDirectory;
        string folder = Directory.CreateTempSubdirectory("pyrite-snippets-").FullName;
        try
        {
            Environment.CurrentDirectory = folder;
            List<string> wrong = [];
            foreach (Snippet snippet in Documents.SelectMany(document => Snippet.In(document).Reverse()))
            {
                (string printed, Exception? error) = SnippetCompiler.Run(snippet);
                if (error is not null)
                {
                    wrong.Add($"{snippet} throws {error}");
                    continue;
                }

                Accept(snippet, printed);
                if (snippet.IsCompared && Words(printed) != Words(snippet.Printed!))
                {
                    wrong.Add($"{snippet} prints\n{printed}");
                }
            }

            Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Accept(Snippet snippet, string printed)
    {
        if (snippet.Printed is not null && Environment.GetEnvironmentVariable("PYRITE_ACCEPT_DOCS") == "1")
        {
            List<string> lines = [.. Repository.ReadLines(snippet.Document)];
            lines.RemoveRange(snippet.PrintedLine, lines.FindIndex(snippet.PrintedLine, line => line == "```") - snippet.PrintedLine);
            lines.InsertRange(snippet.PrintedLine, printed.TrimEnd().Split('\n').Select(line => line.TrimEnd()));
            File.WriteAllText(Path.Combine(Repository.Root, snippet.Document), string.Join('\n', lines) + "\n");
        }
    }

    /// <summary>A text without its numbers, whose last digits depend on the kind of processor, and without its spaces.</summary>
    private static string Words(string text) => Space().Replace(Number().Replace(text, "#"), " ").Trim();

    // Tutorials print excerpts of samples, which TutorialTests holds to them; the samples run in .ci/run.
    private static bool IsChecked(string file) => Path.GetFileName(file) == "README.md"
        || (file.StartsWith("docs/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal)
            && !file.StartsWith("docs/tutorials/", StringComparison.Ordinal));

    [GeneratedRegex(@"-?\d[\d.,]*(E[-+]?\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
