using Pyrite.Serialization;

namespace Pyrite;

/// <summary>Reads and writes safetensors files, the exchange format for weights.</summary>
/// <remarks>The format is that of the safetensors project, version 0.4: a JSON header and raw little-endian data. Files are untrusted: sizes are
/// checked before memory is allocated.</remarks>
public static class SafeTensors
{
    /// <summary>Reads all tensors of a file.</summary>
    /// <remarks>F16 and BF16 become Float32, I32, I16, I8, U32 and U16 become Int64, all exactly. To read single tensors of a large file use
    /// <see cref="SafeTensorsFile"/>.</remarks>
    /// <exception cref="InvalidDataException">The file breaks the format; the message names the file, the tensor, what was expected and what was
    /// found.</exception>
    public static NamedTensors Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FileContent.Read(path, FileContent.Tensors, () =>
        {
            using SafeTensorsFile file = new(path);
            NamedTensors tensors = new(file.Metadata);
            foreach (SafeTensorsEntry entry in file.Entries)
            {
                tensors.Add(entry.Name, file.Read(entry.Name));
            }
            return tensors;
        });
    }

    /// <summary>Writes tensors to a file, in the order given; an existing file is replaced as a whole or not at all.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="tensors">Names and tensors; row-major whatever their layout in memory.</param>
    /// <param name="metadata">Strings to store beside them.</param>
    /// <exception cref="ArgumentException">A name is used twice, is "__metadata__", or is not valid Unicode.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors,
        IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        KeyValuePair<string, Tensor>[] ordered = [.. tensors];
        byte[] header = SafeTensorsWriter.Header(ordered, metadata ?? []);
        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, header, ordered));
    }
}
