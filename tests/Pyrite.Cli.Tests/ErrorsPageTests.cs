using Pyrite.Cli.Sharing;
using Pyrite.Cli.Training;

namespace Pyrite.Cli.Tests;

/// <summary>The page of errors has a section for every kind of line that <c>pyrite</c> ends with, and its example is what is really said.</summary>
public sealed class ErrorsPageTests
{
    private static readonly Dictionary<string, Func<TemporaryFolder, string>> Lines = new()
    {
        ["UnknownCommand"] = _ => CommandRun.Of("smaple").Error,
        ["UnknownOption"] = _ => CommandRun.Of("train", "vae", "--epoch", "3").Error,
        ["OutputLost"] = _ =>
        {
            using StringWriter error = new();
            CommandLine.Run(["--help"],
                new Terminal(new LastingWriter(() => throw new IOException("The pipe is broken.")), error, IsInteractive: false),
                Ranks.Alone(CancellationToken.None));
            return error.ToString();
        },
        ["NotAllSaved"] = folder =>
        {
            OutputFolder output = OutputFolder.Prepare(folder.Path);
            output.Save("draws", _ => throw new IOException("the disk is full."));
            return Assert.Throws<UsageException>(output.RequireSaved).Message;
        },
        ["FolderDisappeared"] = folder =>
        {
            OutputFolder output = OutputFolder.Prepare(folder.PathOf("out"));
            Directory.Delete(output.Path);
            output.WriteText("run.json", "{}");
            return Assert.Throws<UsageException>(output.RequireSaved).Message;
        },
        // What a process says that gets the signal is compared with this in BadDaysTests.
        ["EndedBySignal"] = _ => "Ended by a signal: what was learnt or drawn until then is saved.",
    };

    public static TheoryData<string> Kinds => [.. Lines.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_line_is_that_of_its_section(string kind)
    {
        using TemporaryFolder folder = new();
        string section = Assert.Single(Sections(), one => one.StartsWith($"{kind}\n", StringComparison.Ordinal));

        Assert.Contains("**Cause.**", section);
        Assert.Contains("**Remedy.**", section);
        Assert.Contains(section.Split('`')[1], Lines[kind](folder));
    }

    [Fact]
    public void Every_section_has_its_line() =>
        Assert.Equal(Lines.Keys.Order(StringComparer.Ordinal), Sections().Select(section => section.Split('\n')[0]).Order(StringComparer.Ordinal));

    private static string[] Sections()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "Pyrite.slnx")))
        {
            at = Path.GetDirectoryName(at);
        }
        string page = File.ReadAllText(Path.Combine(at!, "docs", "errors.md")).ReplaceLineEndings("\n");
        return page.Split("\n# ").Single(part => part.StartsWith("Errors of the command line\n", StringComparison.Ordinal)).Split("\n## ")[1..];
    }
}
