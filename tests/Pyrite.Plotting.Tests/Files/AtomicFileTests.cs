using Pyrite.Serialization;

namespace Pyrite.Plotting.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-plotting-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Writes_and_replaces_a_file_and_leaves_nothing_else()
    {
        string path = Path.Combine(folder, "a.bin");
        AtomicFile.Write(path, [1, 2, 3]);
        AtomicFile.Write(path, [4]);
        Assert.Equal([4], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Names_a_missing_folder()
    {
        string path = Path.Combine(folder, "missing", "a.png");
        string message = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(path, [1])).Message;
        Assert.Contains(path, message);
        Assert.Contains("Create it first", message);
    }

    [Fact]
    public void Keeps_the_old_state_and_cleans_up_where_the_rename_fails()
    {
        string path = Path.Combine(folder, "taken");
        Directory.CreateDirectory(Path.Combine(path, "inside"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(path, [1]));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
        Assert.True(Directory.Exists(Path.Combine(path, "inside")));
    }

    [Fact]
    public void Saves_charts_as_ToPng_and_ToSvg_give_them()
    {
        Chart chart = new("τ", width: 300, height: 200);
        chart.AddLine("a", [0, 1, 2], [1, 2, 3]);
        string png = Path.Combine(folder, "a.png"), svg = Path.Combine(folder, "a.svg");
        chart.SavePng(png);
        chart.SaveSvg(svg);
        Assert.Equal(chart.ToPng(), File.ReadAllBytes(png));
        Assert.Equal(chart.ToSvg(), File.ReadAllText(svg));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder).Length);
    }
}
