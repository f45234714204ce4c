using System.IO.Compression;
using System.Text;

namespace Pyrite.Serialization;

/// <summary>Writes a zip archive of NPY files.</summary>
internal static class NpzWriter
{
    private const int LongestName = ushort.MaxValue;

    // Archives carry no time, so that the same tensors give the same bytes; this is the earliest that the format knows, and NumPy's.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void CheckNames(ReadOnlySpan<KeyValuePair<string, Tensor>> tensors)
    {
        UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((string name, _) in tensors)
        {
            if (string.IsNullOrEmpty(name) || !names.Add(name))
            {
                throw new ArgumentException(
                    $"Saving tensors: {(string.IsNullOrEmpty(name) ? "a name is empty" : $"the name \"{name}\" is used twice")}; every tensor needs "
                        + "a name of its own.", nameof(tensors));
            }
            try
            {
                if (strict.GetByteCount(name) > LongestName - NpzReader.Ending.Length)
                {
                    throw new ArgumentException(
                        $"Saving tensors: the name \"{name[..40]}…\" has more than {LongestName - NpzReader.Ending.Length} bytes in UTF-8, the most "
                            + "that a zip archive holds.", nameof(tensors));
                }
            }
            catch (EncoderFallbackException error)
            {
                throw new ArgumentException($"Saving tensors: the name \"{name}\" holds half of a surrogate pair and is not valid Unicode.",
                    nameof(tensors), error);
            }
        }
    }

    public static void Write(Stream stream, ReadOnlySpan<KeyValuePair<string, Tensor>> tensors, bool compress, string comment = "")
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        archive.Comment = comment;
        foreach ((string name, Tensor tensor) in tensors)
        {
            ZipArchiveEntry entry =
                archive.CreateEntry(name + NpzReader.Ending, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            entry.LastWriteTime = NoTime;
            using Stream content = entry.Open();
            NpyWriter.Write(content, tensor);
        }
    }
}
