using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Pyrite.Images;

namespace Pyrite;

public sealed class ImageSetTests
{
    public static TheoryData<string> Names => [.. ImageSets.All.Select(source => source.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_set_is_found_by_its_name_and_says_what_it_is(string name)
    {
        ImageSetSource source = ImageSets.Find(name.ToUpperInvariant());
        Assert.Equal(name, source.Name);
        Assert.Equal(10, source.Classes.Distinct().Count());
        Assert.NotEmpty(source.License);
        Assert.All(source.Mirrors, mirror => Assert.True(mirror is { Scheme: "https" } && mirror.AbsoluteUri.EndsWith('/')));
        Assert.All(source.Files, file => Assert.Matches("[0-9a-f]{64}", file.ToString()));
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones() =>
        Assert.Contains("expected one of mnist, fashion-mnist, kmnist, cifar-10",
            Assert.Throws<ArgumentException>(() => ImageSets.Find("mist")).Message);

    [Theory, InlineData("mnist"), InlineData("fashion-mnist"), InlineData("kmnist")]
    public void Sets_of_the_layout_of_mnist_are_read_from_a_folder(string name)
    {
        using TemporaryFolder folder = new();
        WriteIdx(folder, labels: [9, 0, 3]);
        ImageSet set = ImageSets.Find(name).Load(folder.Path);
        Assert.Equal((3, 1, 28, 28, 1), (set.Train.Count, set.Test.Count, set.Train.Rows, set.Train.Columns, set.Train.Channels));
        Assert.Equal([9, 0, 3], set.Train.Labels.ToArray());
        Assert.Equal("3 + 1 images of 1 x 28 x 28, 10 classes", set.ToString());
    }

    [Fact]
    public void A_label_beyond_the_classes_is_refused()
    {
        using TemporaryFolder folder = new();
        WriteIdx(folder, labels: [1, 10]);
        Assert.Contains("as Kuzushiji-MNIST: expected labels from 0 to 9; found 10 at 1",
            Assert.Throws<InvalidDataException>(() => ImageSets.Kmnist.Load(folder.Path)).Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("Cannot load CIFAR-10 from", Assert.Throws<FileNotFoundException>(() => ImageSets.Cifar10.Load(folder.Path)).Message);
    }

    [Fact]
    public async Task A_set_is_downloaded_once_checked_by_its_packed_sum_and_read()
    {
        using TemporaryFolder folder = new(), made = new();
        WriteIdx(made, labels: [4, 2], isPacked: true);
        using LoopbackServer server = new(name => new("200 OK", File.ReadAllBytes(made.File(name))));
        IdxImageSet source = Small(made);
        await source.DownloadAsync(folder.Path, mirrors: [server.Address]);
        await source.DownloadAsync(folder.Path, mirrors: [server.Address]);
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal([4, 2], source.Load(folder.Path).Train.Labels.ToArray());
    }

    [Fact]
    public async Task Other_bytes_than_the_published_ones_are_not_kept()
    {
        using TemporaryFolder folder = new(), made = new(), other = new();
        WriteIdx(made, labels: [4, 2], isPacked: true);
        WriteIdx(other, labels: [4, 3], isPacked: true);
        using LoopbackServer server = new(name => new("200 OK", File.ReadAllBytes(other.File(name))));
        IOException problem = await Assert.ThrowsAsync<IOException>(() => Small(made).DownloadAsync(folder.Path, mirrors: [server.Address]));
        Assert.Contains("wrong bytes: expected SHA-256", problem.Message);
        Assert.DoesNotContain("train-labels-idx1-ubyte.gz", Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Cifar_is_read_from_its_archive_red_before_green_before_blue()
    {
        using TemporaryFolder folder = new();
        WriteCifar(folder, perFile: 2);
        ImageSet set = ImageSets.Cifar10.Load(folder.Path);
        Assert.Equal((10, 2, 3, 32, 32), (set.Train.Count, set.Test.Count, set.Train.Channels, set.Train.Rows, set.Train.Columns));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], set.Train.Labels.ToArray());
        Assert.Equal(Record(7)[1..], set.Train.Image(7).ToArray());

        // A batch: the pixel of channel 1, row 2, column 3 of the eighth image.
        foreach (Batch batch in new DataLoader(set.Train, batchSize: 10))
        {
            Assert.Equal([10, 3, 32, 32], batch[0].Shape);
            Assert.Equal(Record(7)[1 + (1 * 1024) + (2 * 32) + 3] / 255f, batch[0][7, 1, 2, 3].Item());
        }
    }

    [Theory]
    [InlineData("lacks", "expected test_batch.bin in the archive; found data_batch_1.bin")]
    [InlineData("half a record", "which are not up to 20,000 records of 3,073")]
    [InlineData("cut", "cannot be unpacked")]
    [InlineData("no archive", "cannot be unpacked")]
    public void A_broken_archive_is_refused(string fault, string expected)
    {
        using TemporaryFolder folder = new();
        string path = WriteCifar(folder, perFile: 1, lastBytes: fault == "half a record" ? 1_000 : null, hasTest: fault != "lacks");
        if (fault == "cut")
        {
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^2_000]);
        }
        else if (fault == "no archive")
        {
            File.WriteAllBytes(path, IdxBytes.Gzip(IdxBytes.Pattern(5_000)));
        }
        InvalidDataException problem = Assert.Throws<InvalidDataException>(() => ImageSets.Cifar10.Load(folder.Path));
        Assert.Contains($"Cannot read \"{path}\" as CIFAR-10", problem.Message);
        Assert.Contains(expected, problem.Message);
    }

    [Fact]
    public void Two_thousand_damaged_archives_are_read_or_refused()
    {
        using TemporaryFolder folder = new();
        string path = WriteCifar(folder, perFile: 1);
        byte[] whole = File.ReadAllBytes(path);
        RandomKey key = RandomKey.FromSeed(11);
        int refused = 0;
        for (int i = 0; i < 2_000; i++)
        {
            byte[] damaged = [.. whole];
            long[] draws = new long[3];
            key.Child(i).FillIntegers(draws, damaged.Length);
            damaged[draws[0]] ^= (byte)(1 + (draws[1] % 255));
            File.WriteAllBytes(path, i % 3 == 0 ? damaged[..(int)draws[2]] : damaged);
            try
            {
                ImageSets.Cifar10.Load(folder.Path);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1_000, 2_000);
    }

    private static IdxImageSet Small(TemporaryFolder made)
    {
        IdxFile[] files =
        [
            .. new[] { "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" }.Select(name =>
                new IdxFile(name, 10_000, PackedSha256: Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(made.File(name + ".gz")))))),
        ];
        return new IdxImageSet("small", "Small", "none", [], [.. Enumerable.Range(0, 10).Select(label => $"{label}")], files);
    }

    private static void WriteIdx(TemporaryFolder folder, byte[] labels, bool isPacked = false)
    {
        foreach ((string part, byte[] own) in (ReadOnlySpan<(string, byte[])>)[("train", labels), ("t10k", [7])])
        {
            Write($"{part}-images-idx3-ubyte", IdxBytes.Build([(uint)own.Length, 28, 28], IdxBytes.Pattern(own.Length * 784)));
            Write($"{part}-labels-idx1-ubyte", IdxBytes.Build([(uint)own.Length], own));
        }

        void Write(string name, byte[] bytes) => folder.Write(isPacked ? name + ".gz" : name, isPacked ? IdxBytes.Gzip(bytes) : bytes);
    }

    private static byte[] Record(int index) => [(byte)(index % 10), .. IdxBytes.Pattern(3_072 + index)[index..]];

    private static string WriteCifar(TemporaryFolder folder, int perFile, int? lastBytes = null, bool hasTest = true)
    {
        string path = folder.File("cifar-10-binary.tar.gz");
        using FileStream file = File.Create(path);
        using GZipStream packed = new(file, CompressionLevel.Fastest);
        using TarWriter archive = new(packed);
        for (int i = 0; i < (hasTest ? 6 : 5); i++)
        {
            byte[] bytes = [.. Enumerable.Range(i * perFile, perFile).SelectMany(Record)];
            string name = i < 5 ? $"data_batch_{i + 1}.bin" : "test_batch.bin";
            bytes = i == 5 && lastBytes is { } few ? bytes[..few] : bytes;
            Write($"cifar-10-batches-bin/{name}", bytes);
        }
        Write("../../evil.txt", [1]);
        return path;

        void Write(string name, byte[] bytes) => archive.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes), ModificationTime = DateTimeOffset.UnixEpoch });
    }
}
