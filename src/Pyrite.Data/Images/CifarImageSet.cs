using System.Formats.Tar;
using System.IO.Compression;

namespace Pyrite.Images;

/// <summary>CIFAR-10's binary version: a packed archive of files that hold records of a label and 3 x 32 x 32 pixels.</summary>
/// <remarks>The layout is that of the data's page (A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009): five files for
/// training and one for testing, red before green before blue, each row after row. Nothing is unpacked to disk, whatever names the archive
/// holds.</remarks>
internal sealed class CifarImageSet(string name, string title, string license, Uri[] mirrors, string[] classes, RemoteFile archive)
    : ImageSetSource(name, title, license, mirrors, classes, [archive])
{
    private const int Side = 32;
    private const int Channels = 3;
    private const int PixelBytes = Channels * Side * Side;
    private const int RecordBytes = PixelBytes + 1;
    private const string TestName = "test_batch.bin";

    /// <summary>More than any of the files has: 10,000 records.</summary>
    private const int MostRecords = 20_000;

    private static readonly string[] TrainNames = [.. Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin")];

    /// <inheritdoc/>
    private protected override (LabelledImages Train, LabelledImages Test) Read(string[] paths)
    {
        Dictionary<string, byte[]> files = Entries(paths[0]);
        return (Images(paths[0], files, TrainNames), Images(paths[0], files, [TestName]));
    }

    private static Dictionary<string, byte[]> Entries(string path)
    {
        Dictionary<string, byte[]> files = [];
        string? fault = null;
        using FileStream packed = File.OpenRead(path);
        try
        {
            using GZipStream unpacked = new(packed, CompressionMode.Decompress);
            using TarReader archive = new(unpacked);
            while (fault is null && archive.GetNextEntry() is { } entry)
            {
                string name = Path.GetFileName(entry.Name);
                if (entry.DataStream is null || !(name == TestName || TrainNames.Contains(name)))
                {
                    continue;
                }
                if (entry.Length % RecordBytes != 0 || entry.Length > (long)MostRecords * RecordBytes)
                {
                    fault = $"{name} of {entry.Length:N0} bytes, which are not up to {MostRecords:N0} records of {RecordBytes:N0}";
                    continue;
                }
                byte[] bytes = new byte[entry.Length];
                entry.DataStream.ReadExactly(bytes);
                files[name] = bytes;
            }
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // The framework's reader answers damaged headers with exceptions of many kinds, overflows among them.
            fault = $"one that cannot be unpacked ({problem.Message})";
        }
        return fault is null ? files : throw Problem(path, "a whole .tar.gz archive of its files", fault);
    }

    private static LabelledImages Images(string path, Dictionary<string, byte[]> files, string[] names)
    {
        string? missing = Array.Find(names, name => !files.ContainsKey(name));
        if (missing is not null)
        {
            throw Problem(path, $"{missing} in the archive",
                files.Count == 0 ? "none of the set's files" : string.Join(", ", files.Keys.Order(StringComparer.Ordinal)));
        }
        int count = names.Sum(name => files[name].Length / RecordBytes), at = 0;
        byte[] pixels = new byte[(long)count * PixelBytes], labels = new byte[count];
        foreach (string name in names)
        {
            ReadOnlySpan<byte> records = files[name];
            for (; !records.IsEmpty; records = records[RecordBytes..], at++)
            {
                labels[at] = records[0];
                records[1..RecordBytes].CopyTo(pixels.AsSpan(at * PixelBytes));
            }
        }
        return new LabelledImages(pixels, labels, Side, Side, Channels);
    }

    private static InvalidDataException Problem(string path, string expected, string found) =>
        new($"Cannot read \"{path}\" as CIFAR-10: expected {expected}; found {found}. Download the binary version again.");
}
