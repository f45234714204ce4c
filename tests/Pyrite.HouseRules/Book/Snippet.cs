namespace Pyrite.Book;

/// <summary>A program printed in a document: a block of code with the blocks that go on with it.</summary>
/// <param name="Document">Its file.</param>
/// <param name="Line">The line of the first block's fence, from 1.</param>
/// <param name="Code">What is printed, joined.</param>
/// <param name="Printed">The block of text that follows, which is what the program prints; null for none.</param>
/// <param name="PrintedLine">The line of that block's fence, from 1.</param>
/// <param name="IsCompared">Whether a test compares it.</param>
internal sealed record Snippet(string Document, int Line, string Code, string? Printed = null, int PrintedLine = 0, bool IsCompared = false)
{
    /// <summary>Stands above a block that goes on with the program of the block before.</summary>
    public const string Continues = "<!-- continues -->";

    /// <summary>Stands above a block that is no program, such as a signature.</summary>
    public const string Fragment = "<!-- fragment -->";

    /// <summary>Stands above a block of text that is what the block of code before it prints.</summary>
    public const string Prints = "<!-- prints -->";

    /// <summary>The same where the words depend on the machine or on how the engine plans: renewed on demand, not compared.</summary>
    public const string PrintsHere = "<!-- prints, on one machine -->";

    /// <summary>The programs of a document.</summary>
    /// <param name="document">Its file.</param>
    /// <param name="programs">The language of their blocks.</param>
    public static IEnumerable<Snippet> In(string document, string programs = "csharp")
    {
        string fence = "```" + programs;
        string[] lines = Repository.ReadLines(document);
        Snippet? open = null;
        for (int i = 0; i < lines.Length; i++)
        {
            string language = lines[i].TrimStart();
            if (!language.StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            string mark = i > 0 ? lines[i - 1].Trim() : "";
            int close = Array.FindIndex(lines, i + 1, line => line.Trim() == "```");
            string body = string.Join('\n', lines[(i + 1)..close]) + "\n";
            if (language == fence && mark == Continues && open is not null)
            {
                open = open with { Code = open.Code + body };
            }
            else if (language == fence && mark != Fragment)
            {
                if (open is not null)
                {
                    yield return open;
                }

                open = new Snippet(document, i + 1, body);
            }
            else if (language == "```text" && mark is Prints or PrintsHere && open is not null)
            {
                open = open with { Printed = body, PrintedLine = i + 1, IsCompared = mark == Prints };
            }

            i = close;
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Document}:{Line}";
}
