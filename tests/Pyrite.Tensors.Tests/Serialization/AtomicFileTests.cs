using System.Diagnostics;
using Pyrite.Serialization;
using Pyrite.Testing;

namespace Pyrite.Tests.Serialization;

/// <summary>What stands at a path decides how it is written, and nothing that stood there is lost.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_symbolic_link_is_written_through_and_stays()
    {
        Directory.CreateDirectory(folder["store"]);
        File.WriteAllBytes(folder["store/real"], [9]);
        File.CreateSymbolicLink(folder["middle"], folder["store/real"]);
        File.CreateSymbolicLink(folder["link"], folder["middle"]);
        File.CreateSymbolicLink(folder["ahead"], folder["store/later"]);
        AtomicFile.Write(folder["link"], [1, 2]);
        AtomicFile.Write(folder["ahead"], [3]);
        Assert.Equal([1, 2], File.ReadAllBytes(folder["store/real"]));
        Assert.Equal([3], File.ReadAllBytes(folder["store/later"]));
        Assert.NotNull(new FileInfo(folder["link"]).LinkTarget);
        Assert.NotNull(new FileInfo(folder["ahead"]).LinkTarget);
        Assert.Equal(2, Directory.GetFiles(folder["store"]).Length);
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(folder["a"], folder["b"]);
        File.CreateSymbolicLink(folder["b"], folder["a"]);
        Assert.Contains("in a circle", Assert.ThrowsAny<IOException>(() => AtomicFile.Write(folder["a"], [1])).Message);
    }

    [Fact]
    public void Folders_devices_and_pipes_are_refused()
    {
        Assert.Contains("is a folder", Assert.ThrowsAny<IOException>(() => AtomicFile.Write(folder.Root, [1])).Message);
        Assert.Contains("is a folder", Assert.ThrowsAny<IOException>(() => AtomicFile.Write(folder["x"] + "/", [1])).Message);
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        Assert.Contains("device", Assert.ThrowsAny<IOException>(() => AtomicFile.Write("/dev/null", [1])).Message);
        using (Process make = Process.Start("mkfifo", [folder["pipe"]]))
        {
            make.WaitForExit();
        }
        Assert.Contains("pipe", Assert.ThrowsAny<IOException>(() => AtomicFile.Write(folder["pipe"], [1])).Message);
        Assert.Contains("pipe", Assert.Throws<InvalidDataException>(() => Npy.Load(folder["pipe"])).Message);
        Assert.Equal(["pipe"], Directory.GetFileSystemEntries(folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void An_empty_file_is_a_file()
    {
        File.WriteAllBytes(folder["empty"], []);
        AtomicFile.Write(folder["empty"], [1]);
        Assert.Equal([1], File.ReadAllBytes(folder["empty"]));
    }

    [Fact]
    public void Who_may_read_a_file_stays_as_it_was()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        AtomicFile.Write(folder["secret"], [1]);
        File.SetUnixFileMode(folder["secret"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AtomicFile.Write(folder["secret"], [2]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["secret"]));
    }

    [Fact]
    public void Temporaries_of_killed_saves_are_cleared_by_the_next_save_of_the_file()
    {
        using Process gone = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, "--version") { RedirectStandardOutput = true })!;
        gone.WaitForExit();
        string[] left = [$"a.{gone.Id}-3.tmp", $"a.{Environment.ProcessId}-987654321.tmp", "a.1-2.tmp"];
        string[] others = ["a.tmp", "a.x-1.tmp", $"ab.{gone.Id}-3.tmp", $"a.b.{gone.Id}-3.tmp", "a.5.tmp"];
        foreach (string name in left.Concat(others))
        {
            File.WriteAllBytes(folder[name], [1]);
        }
        // Older than the process that has its number now.
        File.SetLastWriteTimeUtc(folder["a.1-2.tmp"], new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        AtomicFile.Write(folder["a"], [2]);
        Assert.Equal(others.Append("a").Order(StringComparer.Ordinal),
            Directory.GetFiles(folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_temporary_that_is_being_written_is_left_alone()
    {
        AtomicFile.Write(folder["a"], outer =>
        {
            outer.WriteByte(1);
            AtomicFile.Write(folder["a"], [2]);
            outer.WriteByte(3);
        });
        Assert.Equal([1, 3], File.ReadAllBytes(folder["a"]));
        Assert.Single(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void Of_a_set_none_is_replaced_before_all_are_written()
    {
        AtomicFile.Write(folder["a"], [1]);
        AtomicFile.Write(folder["b"], [1]);
        IOException error =
            Assert.Throws<IOException>(
                () =>
                    AtomicFile.WriteSet([new(folder["a"], stream => stream.WriteByte(2)), new(folder["b"], _ => throw new IOException("torn out"))]));
        Assert.Contains("torn out", error.Message);
        Assert.Contains("unchanged", error.Message);
        Assert.Equal([1], File.ReadAllBytes(folder["a"]));
        Assert.Equal(2, Directory.GetFiles(folder.Root).Length);
    }

    [SmallDiskFact]
    public void A_full_disk_loses_nothing_that_was_there()
    {
        using SmallDisk disk = new(64);
        Npy.Save(disk["a.npy"], Tensor.From([1.0, 2]));
        byte[] before = File.ReadAllBytes(disk["a.npy"]);
        foreach (Action<string> save in (Action<string>[])
        [
            path => Npy.Save(path, Tensor.Zeros(20_000)),
            path => Npz.Save(path, [KeyValuePair.Create("a", Tensor.Zeros(20_000))]),
            path => SafeTensors.Save(path, [KeyValuePair.Create("a", Tensor.Zeros(20_000))]),
        ])
        {
            IOException error = Assert.Throws<IOException>(() => save(disk["a.npy"]));
            Assert.Equal($"Cannot write \"{disk["a.npy"]}\": the disk is full. What stood there before is unchanged.", error.Message);
            Assert.Equal(before, File.ReadAllBytes(disk["a.npy"]));
            Assert.Single(Directory.GetFiles(disk.Path));
        }
    }

    [SmallDiskFact]
    public void A_disk_that_may_only_be_read_is_named()
    {
        using SmallDisk disk = new(64);
        AtomicFile.Write(disk["a"], [1]);
        Assert.True(disk.MakeReadOnly());
        Exception? error = Record.Exception(() => AtomicFile.Write(disk["a"], [2]));
        Assert.True(error is IOException or UnauthorizedAccessException);
        Assert.StartsWith($"Cannot write \"{disk["a"]}\": ", error!.Message);
        Assert.DoesNotContain(".tmp", error.Message);
        Assert.Equal([1], File.ReadAllBytes(disk["a"]));
    }
}
