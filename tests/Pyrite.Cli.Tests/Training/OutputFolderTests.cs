using Pyrite.Cli.Training;


namespace Pyrite.Cli.Tests.Training;

public sealed class OutputFolderTests
{
    [Fact]
    public void Makes_the_folder_and_leaves_nothing_in_it()
    {
        using TemporaryFolder folder = new();

        OutputFolder output = OutputFolder.Prepare(folder.PathOf("a/b"));

        Assert.Empty(Directory.EnumerateFileSystemEntries(output.Path));
    }

    [Fact]
    public void Replaces_a_text_file_whole()
    {
        using TemporaryFolder folder = new();
        OutputFolder output = OutputFolder.Prepare(folder.Path);
        output.WriteText("run.json", "a long first text");

        output.WriteText("run.json", "short");

        Assert.Equal("short", File.ReadAllText(output.PathOf("run.json")));
        Assert.Single(Directory.EnumerateFileSystemEntries(output.Path));
    }

    [Fact]
    public void A_folder_below_a_file_cannot_be_prepared()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("file"), "");

        UsageException problem = Assert.Throws<UsageException>(() => OutputFolder.Prepare(folder.PathOf("file/out")));

        Assert.StartsWith("Cannot write to --output ", problem.Message);
    }
}
