namespace Pyrite;

public sealed class MnistFolderTests
{
    [Fact]
    public void Finds_the_data_above_the_program()
    {
        using TemporaryFolder root = new();
        string expected = Fill(root, "data", "mnist");
        Assert.Equal(expected, MnistFolder.Find(null, root.File("artifacts/bin/App"), null, Path.GetTempPath()));
    }

    [Fact]
    public void Finds_the_data_of_the_repository_it_was_built_from()
    {
        using TemporaryFolder repository = new(), elsewhere = new();
        string expected = Fill(repository, "data", "mnist");
        Assert.Equal(expected, MnistFolder.Find("", elsewhere.Path, repository.File("data"), elsewhere.Path));
    }

    [Fact]
    public void Finds_the_data_above_the_working_folder_last()
    {
        using TemporaryFolder working = new(), program = new();
        string last = Fill(working, "data", "mnist");
        Assert.Equal(last, MnistFolder.Find(null, program.Path, program.File("gone"), working.File("deep/er")));
        string first = Fill(program, "data", "mnist");
        Assert.Equal(first, MnistFolder.Find(null, program.Path, null, working.Path));
    }

    [Theory, InlineData("mnist"), InlineData("")]
    public void The_chosen_folder_wins(string inner)
    {
        using TemporaryFolder chosen = new(), program = new();
        Fill(program, "data", "mnist");
        string expected = Fill(chosen, inner);
        Assert.Equal(expected, MnistFolder.Find(chosen.Path, program.Path, null, program.Path));
    }

    [Fact]
    public void A_chosen_folder_without_data_rules_out_the_others()
    {
        using TemporaryFolder chosen = new(), program = new();
        Fill(program, "data", "mnist");
        string message = Assert.Throws<DirectoryNotFoundException>(() => MnistFolder.Find(chosen.Path, program.Path, null, program.Path)).Message;
        Assert.Contains($"PYRITE_DATA is set to \"{chosen.Path}\"", message);
    }

    [Fact]
    public void A_folder_that_lacks_a_file_is_passed_over_and_listed()
    {
        using TemporaryFolder folder = new();
        File.Delete(Path.Combine(Fill(folder, "data", "mnist"), "t10k-labels-idx1-ubyte.gz"));
        string message =
            Assert.Throws<DirectoryNotFoundException>(() => MnistFolder.Find(null, folder.Path, folder.File("built"), folder.Path)).Message;
        Assert.Contains(folder.File(Path.Combine("data", "mnist")), message);
        Assert.Contains(folder.File(Path.Combine("built", "mnist")), message);
        Assert.Contains("Mnist.Download(folder)", message);
        Assert.Contains("PYRITE_DATA", message);
    }

    [Fact]
    public void The_build_wrote_down_where_the_data_lies()
    {
        using TemporaryFolder elsewhere = new();
        Assert.NotNull(MnistFolder.BuiltFrom);
        Assert.Equal(Repository.MnistFolder, MnistFolder.Find(null, elsewhere.Path, MnistFolder.BuiltFrom, elsewhere.Path));
    }

    private static string Fill(TemporaryFolder folder, params string[] inner)
    {
        string path = Path.Combine([folder.Path, .. inner]);
        Directory.CreateDirectory(path);
        foreach (MnistFile file in MnistFile.All)
        {
            File.WriteAllBytes(Path.Combine(path, file.PackedName), []);
        }
        return path.TrimEnd(Path.DirectorySeparatorChar);
    }
}
