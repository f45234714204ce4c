using Pyrite.Images;
using static Pyrite.LoopbackServer;

namespace Pyrite;

public sealed class FileDownloadTests
{
    private static readonly RemoteFile[] Labels = [ImageSets.Mnist.Files[1], ImageSets.Mnist.Files[3]];

    [Fact]
    public async Task Fetches_all_four_files_with_progress_and_loads_them()
    {
        using TemporaryFolder folder = new();
        using LoopbackServer server = new(Good);
        Steps steps = new();
        await Mnist.DownloadAsync(folder.File("new"), steps, [server.Address]);
        Assert.Equal(60_000, Mnist.Load(folder.File("new")).Train.Count);
        Assert.Equal(ImageSets.Mnist.Files.Select(file => file.Name).Order(),
            Directory.GetFiles(folder.File("new")).Select(Path.GetFileName).Order());
        foreach (RemoteFile file in ImageSets.Mnist.Files)
        {
            DownloadProgress[] own = [.. steps.Seen.Where(step => step.File == file.Name)];
            Assert.Equal(own.Select(step => step.ReceivedBytes).Order(), own.Select(step => step.ReceivedBytes));
            Assert.Equal(own[^1].TotalBytes, own[^1].ReceivedBytes);
            Assert.All(own, step => Assert.Equal(4, step.FileCount));
        }
    }

    [Fact]
    public void The_blocking_form_keeps_good_files_and_asks_for_nothing()
    {
        using TemporaryFolder folder = new();
        using LoopbackServer server = new(Good);
        foreach (RemoteFile file in ImageSets.Mnist.Files)
        {
            File.CreateSymbolicLink(folder.File(file.Name), Path.Combine(Repository.MnistFolder, file.Name));
        }
        Steps steps = new();
        Mnist.Download(folder.Path, steps, [server.Address]);
        Assert.Empty(server.Requests);
        Assert.Equal(4, steps.Seen.Count);
    }

    [Fact]
    public async Task A_bad_file_is_replaced_and_a_good_one_kept()
    {
        using TemporaryFolder folder = new();
        using LoopbackServer server = new(Good);
        folder.Write(Labels[0].Name, [1, 2, 3]);
        folder.Write(Labels[1].Name, Good(Labels[1].Name).Body);
        await RunAsync(folder.Path, server.Address);
        Assert.Equal([Labels[0].Name], server.Requests);
        Assert.All(Labels, file => Assert.Null(file.FindFault(folder.File(file.Name))));
    }

    [Fact]
    public async Task A_mirror_that_serves_the_file_unpacked_is_taken()
    {
        using TemporaryFolder folder = new();
        using LoopbackServer server = new(name => new("200 OK", Unpacked(name)));
        await RunAsync(folder.Path, server.Address);
        Assert.All(Labels, file => Assert.Null(file.FindFault(folder.File(file.Name))));
    }

    [Fact]
    public async Task The_second_mirror_serves_what_the_first_has_not()
    {
        using TemporaryFolder folder = new();
        using LoopbackServer bad = new(_ => new("404 Not Found", [])), good = new(Good);
        await RunAsync(folder.Path, new Uri(bad.Address.AbsoluteUri.TrimEnd('/')), good.Address);
        Assert.Equal(2, bad.Requests.Count);
        Assert.Equal(2, good.Requests.Count);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public Task A_404_is_named() => FailsAsync(_ => new("404 Not Found", "gone"u8.ToArray()), "status 404 Not Found");

    [Fact]
    public Task A_page_instead_of_the_file_is_named() => FailsAsync(_ => new("200 OK", "<html>pay here</html>"u8.ToArray()), "found 3c 68 74 6d");

    [Fact]
    public Task A_wrong_byte_is_named() => FailsAsync(name => new("200 OK", Changed(Unpacked(name))), "wrong bytes: expected SHA-256 65a50cbb");

    [Fact]
    public Task A_cut_connection_is_named() => FailsAsync(name => Good(name) with { SentBytes = 20_000 }, "connection lost after 20,000 bytes");

    [Fact]
    public Task A_cut_connection_without_a_length_is_named() =>
        FailsAsync(name => Good(name) with { SentBytes = 20_000, SaysLength = false }, "the file is cut short");

    [Fact]
    public Task A_body_without_end_is_refused() => FailsAsync(_ => new("200 OK", new byte[1_000_000], SaysLength: false), "more than 64,104 bytes");

    [Fact]
    public Task A_length_beyond_the_limit_is_refused() =>
        FailsAsync(_ => new("200 OK", new byte[1_000_000], SentBytes: 10, Hangs: true), "more than 64,104 bytes");

    /// <summary>How many of the ten bytes came in time depends on how busy the machine is.</summary>
    [Fact]
    public Task A_silent_mirror_is_given_up() =>
        FailsAsync(name => Good(name) with { SentBytes = 10, Hangs = true }, "no answer within 0.5 s, after ", patienceSeconds: 0.5);

    [Fact]
    public async Task A_refused_connection_is_named()
    {
        Uri address;
        using (LoopbackServer server = new(Good))
        {
            address = server.Address;
        }
        using TemporaryFolder folder = new();
        IOException problem = await Assert.ThrowsAsync<IOException>(() => RunAsync(folder.Path, address));
        Assert.Contains($"{address}train-labels-idx1-ubyte.gz: connection lost after 0 bytes", problem.Message);
    }

    [Fact]
    public async Task Cancelling_ends_it_and_leaves_nothing()
    {
        using TemporaryFolder folder = new();
        using LoopbackServer server = new(name => Good(name) with { SentBytes = 100, Hangs = true });
        using CancellationTokenSource cancel = new();
        Steps steps = new(_ => cancel.Cancel());
        using HttpClient client = new();
        FileDownload download = new(client, [server.Address], Labels);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download.RunAsync(folder.File("new"), steps, cancel.Token));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_failure_keeps_what_was_there_before()
    {
        using TemporaryFolder folder = new();
        using LoopbackServer server = new(_ => new("404 Not Found", []));
        folder.Write(Labels[0].Name, [1, 2, 3]);
        await Assert.ThrowsAsync<IOException>(() => RunAsync(folder.Path, server.Address));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.Path))));
    }

    /// <summary>Two mirrors that answer alike: the error tells about both, and nothing is left behind.</summary>
    private static async Task FailsAsync(Func<string, Reply> answer, string expected, double patienceSeconds = 30)
    {
        using TemporaryFolder folder = new();
        using LoopbackServer first = new(answer), second = new(answer);
        IOException problem =
            await Assert.ThrowsAsync<IOException>(() => RunAsync(folder.File("new"), patienceSeconds, first.Address, second.Address));
        string[] lines = problem.Message.Split(Environment.NewLine);
        Assert.Contains("Cannot download train-labels-idx1-ubyte.gz", lines[0]);
        Assert.StartsWith($"  {first.Address}train-labels-idx1-ubyte.gz: ", lines[1]);
        Assert.StartsWith($"  {second.Address}train-labels-idx1-ubyte.gz: ", lines[2]);
        Assert.All(lines[1..], line => Assert.Contains(expected, line));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static Task RunAsync(string folder, params Uri[] mirrors) => RunAsync(folder, patienceSeconds: 30, mirrors);

    private static async Task RunAsync(string folder, double patienceSeconds, params Uri[] mirrors)
    {
        using HttpClient client = new();
        await new FileDownload(client, mirrors, Labels) { Patience = TimeSpan.FromSeconds(patienceSeconds) }.RunAsync(folder, null, default);
    }

    private static Reply Good(string name) => new("200 OK", File.ReadAllBytes(Path.Combine(Repository.MnistFolder, name)));

    private static byte[] Unpacked(string name)
    {
        IdxContent content = IdxReader.Read(Path.Combine(Repository.MnistFolder, name));
        return IdxBytes.Build([.. content.Dimensions.Select(size => (uint)size)], content.Bytes.ToArray());
    }

    private static byte[] Changed(byte[] bytes)
    {
        bytes[^1] ^= 1;
        return bytes;
    }

    /// <summary>Hears of progress at once, unlike <see cref="Progress{T}"/>, which passes it on later.</summary>
    private sealed class Steps(Action<DownloadProgress>? then = null) : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> Seen { get; } = [];

        public void Report(DownloadProgress value)
        {
            Seen.Add(value);
            then?.Invoke(value);
        }
    }
}
