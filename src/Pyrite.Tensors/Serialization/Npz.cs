using Pyrite.Serialization;

namespace Pyrite;

/// <summary>Reads and writes NPZ files, NumPy's format for several arrays by name: a zip archive of NPY files.</summary>
/// <remarks>Files are untrusted: names, sizes and checksums are verified, and no more memory is taken than the archive can really fill.</remarks>
public static class Npz
{
    /// <summary>The name under which the metadata of what was loaded hold the comment of the whole archive.</summary>
    public const string CommentKey = NpzReader.CommentKey;

    /// <summary>The memory that <see cref="Load(string, long)"/> allows if nothing else is said: 8 GiB.</summary>
    public const long DefaultLimit = 8L << 30;

    /// <summary>Reads all arrays of an archive; their names lose the ending ".npy", as in NumPy. The archive's own comment, where it has one, stands
    /// in <see cref="NamedTensors.Metadata"/>.</summary>
    /// <remarks>Entries may be stored or deflated; element types are those of <see cref="Npy.Load(string)"/>. The tensors belong to no step
    /// scope.</remarks>
    /// <param name="path">The file to read.</param>
    /// <param name="mostBytes">The memory that all tensors together may take, so that a small archive cannot inflate without bounds.</param>
    /// <exception cref="InvalidDataException">The archive or an array is damaged, sizes or checksums disagree, a name appears twice or does not end
    /// in ".npy", or the limit is exceeded; the message names the entry and what was found.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static NamedTensors Load(string path, long mostBytes = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfNegative(mostBytes);
        return FileContent.Read(path, FileContent.Npz, () =>
        {
            using FileStream stream = File.OpenRead(path);
            return NpzReader.Read(path, stream, mostBytes);
        });
    }

    /// <summary>Writes tensors to an archive, in the order given; an existing file is replaced as a whole or not at all.</summary>
    /// <remarks>The same tensors give the same bytes: entries carry no time.</remarks>
    /// <param name="path">The file to write; nothing is appended to the name.</param>
    /// <param name="tensors">Names and tensors; entries are called by their name and ".npy".</param>
    /// <param name="compress">Whether entries are deflated, as by <c>numpy.savez_compressed</c>, or stored, as by <c>numpy.savez</c>.</param>
    /// <exception cref="ArgumentException">A name is used twice, is empty or longer than a zip archive allows, or is not valid Unicode.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, bool compress = false) =>
        Save(path, tensors, compress, "");

    /// <summary>The same with a comment for the whole archive, which NumPy passes over.</summary>
    /// <param name="path">The file to write; nothing is appended to the name.</param>
    /// <param name="tensors">Names and tensors; entries are called by their name and ".npy".</param>
    /// <param name="compress">Whether entries are deflated or stored.</param>
    /// <param name="comment">The comment.</param>
    /// <exception cref="ArgumentException">A name is used twice, is empty or longer than a zip archive allows, or is not valid Unicode.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, bool compress, string comment)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        KeyValuePair<string, Tensor>[] ordered = [.. tensors];
        NpzWriter.CheckNames(ordered);
        AtomicFile.Write(path, stream => NpzWriter.Write(stream, ordered, compress, comment));
    }
}
