using System.IO.Compression;

namespace Pyrite.Serialization;

/// <summary>Reads a zip archive of NPY files whose directory may lie.</summary>
/// <remarks>
/// Before anything is allocated: the compressed parts may not exceed the file together (parts that overlap are how small archives hide large
/// contents), no part may be said to inflate by more than deflate can, and all parts together stay below the caller's limit. A part that is said to
/// inflate strongly is inflated once only to count its bytes.
/// </remarks>
internal static class NpzReader
{
    public const string Ending = ".npy";

    /// <summary>Where the comment of an archive stands among the strings beside its tensors.</summary>
    public const string CommentKey = "comment";

    /// <summary>Deflate's highest ratio: 258 bytes from two bits.</summary>
    private const long HighestRatio = 1032;

    /// <summary>Contents that are said to be larger than their part by more than this are counted first.</summary>
    private const long UncheckedRatio = 64;

    public static NamedTensors Read(string path, FileStream stream, long mostBytes)
    {
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            CheckDirectory(path, archive.Entries, stream.Length, mostBytes);
            NamedTensors tensors = new(archive.Comment.Length == 0 ? [] : new Dictionary<string, string> { [CommentKey] = archive.Comment });
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                Tensor tensor = ReadEntry($"{path}: \"{entry.FullName}\"", entry, mostBytes);
                mostBytes -= tensor.Shape.Count * tensor.DType.ByteSize;
                tensors.Add(entry.FullName[..^Ending.Length], tensor);
            }
            return tensors;
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new InvalidDataException($"Reading {path}: the zip archive is damaged: {error.Message}", error);
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith("Reading ", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"Reading {path}: it is no zip archive, or a damaged one: {error.Message}", error);
        }
    }

    private static void CheckDirectory(string path, IReadOnlyList<ZipArchiveEntry> entries, long fileLength, long mostBytes)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        long room = fileLength;
        long memory = mostBytes;
        foreach (ZipArchiveEntry entry in entries)
        {
            string? fault =
                !entry.FullName.EndsWith(Ending, StringComparison.Ordinal)
                    ? $"its name does not end in \"{Ending}\"; NPZ archives hold NPY files alone"
                : !names.Add(entry.FullName) ? "the name appears twice"
                : entry.IsEncrypted ? "it is encrypted, which NPZ archives are not"
                : entry.CompressedLength < 0 || entry.CompressedLength > room
                    ? $"it is said to take {entry.CompressedLength} bytes of the archive, {room} of whose {fileLength} are left. It was cut short, "
                        + "or its parts overlap"
                : entry.Length < 0 || entry.Length / HighestRatio > entry.CompressedLength
                    ? $"{entry.CompressedLength} bytes are said to inflate to {entry.Length}; at most {HighestRatio} times as many is possible"
                : entry.Length > memory
                    ? $"its {entry.Length} bytes exceed the {memory} that are left of the limit of {mostBytes}. Raise the limit if the archive is to "
                        + "be trusted"
                : null;
            if (fault is not null)
            {
                throw new InvalidDataException($"Reading {path}: \"{entry.FullName}\": {fault}.");
            }
            room -= entry.CompressedLength;
            memory -= entry.Length;
        }
    }

    private static Tensor ReadEntry(string what, ZipArchiveEntry entry, long mostBytes)
    {
        if (entry.Length / UncheckedRatio > entry.CompressedLength)
        {
            Count(what, entry);
        }
        using ChecksumStream content = new(entry.Open());
        Tensor tensor = NpyReader.Read(what, content, entry.Length, mostBytes);
        return content.Checksum == entry.Crc32
            ? tensor
            : throw new InvalidDataException(
                $"Reading {what}: the checksum of the contents is {content.Checksum:X8}, the archive says {entry.Crc32:X8}. The file is damaged; "
                    + "fetch it again.");
    }

    private static void Count(string what, ZipArchiveEntry entry)
    {
        byte[] buffer = new byte[16 * 1024];
        using Stream content = entry.Open();
        long found = 0;
        for (int count = content.Read(buffer); count > 0; count = content.Read(buffer))
        {
            found += count;
        }
        if (found != entry.Length)
        {
            throw new InvalidDataException(
                $"Reading {what}: {entry.CompressedLength} bytes are said to inflate to {entry.Length}; they gave {found}.");
        }
    }
}
