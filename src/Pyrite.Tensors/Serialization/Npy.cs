using Pyrite.Serialization;

namespace Pyrite;

/// <summary>Reads and writes NPY files, NumPy's format for a single array.</summary>
/// <remarks>The format is that of <c>numpy.lib.format</c>, versions 1.0 to 3.0. Files are untrusted: sizes are checked before memory is allocated,
/// the header is parsed and never evaluated, and pickled objects are refused.</remarks>
public static class Npy
{
    /// <summary>Reads the array of a file.</summary>
    /// <remarks>
    /// Little- and big-endian elements in C or Fortran order. f2 becomes Float32; i1, i2, i4, u2, u4 and u8 become Int64, all exactly; f4, f8, i8, u1
    /// and b1 keep their type. The tensor belongs to no step scope.
    /// </remarks>
    /// <exception cref="InvalidDataException">The file breaks the format, holds anything but numbers and booleans, a u8 beyond Int64, a Bool that is
    /// neither 0 nor 1, or a tensor beyond 2 GiB; the message names the file and what was found.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Tensor Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FileContent.Read(path, FileContent.Npy, () =>
        {
            using FileStream stream = File.OpenRead(path);
            return NpyReader.Read(path, stream, stream.Length);
        });
    }

    /// <summary>Writes a tensor to a file, in C order; an existing file is replaced as a whole or not at all.</summary>
    /// <param name="path">The file to write; nothing is appended to the name.</param>
    /// <param name="tensor">The tensor; Float32, Float64, Int64, UInt8 and Bool become f4, f8, i8, u1 and b1.</param>
    public static void Save(string path, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensor);
        AtomicFile.Write(path, stream => NpyWriter.Write(stream, tensor));
    }
}
