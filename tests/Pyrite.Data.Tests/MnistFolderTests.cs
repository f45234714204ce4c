namespace Pyrite;

public sealed class MnistFolderTests
{
    [Fact]
    public void Without_a_chosen_folder_there_is_none()
    {
        Assert.Null(MnistFolder.Find(null));
        Assert.Null(MnistFolder.Find(""));
    }

    [Theory, InlineData("mnist"), InlineData("")]
    public void The_chosen_folder_may_hold_the_files_or_a_folder_of_them(string inner)
    {
        using TemporaryFolder chosen = new();
        string expected = Fill(chosen, inner);
        Assert.Equal(expected, MnistFolder.Find(chosen.Path));
    }

    [Fact]
    public void A_chosen_folder_that_lacks_a_file_is_refused_with_a_remedy()
    {
        using TemporaryFolder chosen = new();
        File.Delete(Path.Combine(Fill(chosen, "mnist"), "t10k-labels-idx1-ubyte.gz"));
        string message = Assert.Throws<DirectoryNotFoundException>(() => MnistFolder.Find(chosen.Path)).Message;
        Assert.Contains($"PYRITE_DATA is set to \"{chosen.Path}\"", message);
        Assert.Contains(chosen.File("mnist"), message);
        Assert.Contains("Mnist.Download(folder)", message);
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
