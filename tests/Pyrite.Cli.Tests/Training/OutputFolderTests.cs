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
    public void A_folder_that_disappears_while_a_file_is_written_is_made_again()
    {
        using TemporaryFolder folder = new();
        OutputFolder output = OutputFolder.Prepare(folder.PathOf("out"));
        output.WriteText("first", "1");
        bool again = false;

        Assert.True(output.Save("second", path =>
        {
            if (!again)
            {
                again = true;
                Directory.Delete(output.Path, recursive: true);
            }
            File.WriteAllText(path, "2");
        }));

        Assert.Equal("2", File.ReadAllText(output.PathOf("second")));
        UsageException problem = Assert.Throws<UsageException>(output.RequireSaved);
        Assert.Equal(
            $"The folder {output.Path} disappeared during the run and was made again. Lost with it: first. Saved in {output.Path}: second.",
            problem.Message);
    }

    [Fact]
    public void A_folder_that_disappears_after_all_was_saved_is_no_success()
    {
        using TemporaryFolder folder = new();
        OutputFolder output = OutputFolder.Prepare(folder.PathOf("out"));
        output.WriteText("first", "1");
        Directory.Delete(output.Path, recursive: true);

        UsageException problem = Assert.Throws<UsageException>(output.RequireSaved);
        Assert.EndsWith("Lost with it: first. Nothing was saved.", problem.Message);
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
