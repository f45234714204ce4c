using Microsoft.Win32.SafeHandles;
using Pyrite.Engine;
using Pyrite.Serialization;

namespace Pyrite;

/// <summary>An open safetensors file whose tensors are read one by one, when asked for.</summary>
/// <remarks>The header is checked in full when the file is opened: types, shapes, byte counts, and that the tensors cover the data without gap or
/// overlap.</remarks>
public sealed class SafeTensorsFile : IDisposable
{
    private const int LargestTensor = 0x7FFFFF00;

    private readonly string path;
    private readonly SafeFileHandle handle;
    private readonly Dictionary<string, SafeTensorsEntry> byName = new(StringComparer.Ordinal);

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="InvalidDataException">The file breaks the format; the message names the file, the tensor, what was expected and what was
    /// found.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public SafeTensorsFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        this.path = path;
        handle = File.OpenHandle(path);
        try
        {
            long fileLength = RandomAccess.GetLength(handle);
            Span<byte> start = stackalloc byte[SafeTensorsHeader.LengthBytes];
            int found = RandomAccess.Read(handle, start, 0);
            byte[] json = new byte[SafeTensorsHeader.JsonLength(path, start[..found], fileLength)];
            ReadExactly(json, SafeTensorsHeader.LengthBytes, "the header");
            SafeTensorsHeader header = SafeTensorsHeader.Parse(path, json, fileLength);
            Entries = header.Entries;
            Metadata = header.Metadata;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
        foreach (SafeTensorsEntry entry in Entries)
        {
            byName.Add(entry.Name, entry);
        }
    }

    /// <summary>The tensors in the order of the header.</summary>
    public IReadOnlyList<SafeTensorsEntry> Entries { get; }

    /// <summary>The strings that the writer left beside the tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads one tensor.</summary>
    /// <remarks>F16 and BF16 become Float32, I32, I16, I8, U32 and U16 become Int64, all exactly. The tensor belongs to no step scope.</remarks>
    /// <exception cref="KeyNotFoundException">The file has no tensor of that name.</exception>
    /// <exception cref="InvalidDataException">The file was cut short since it was opened, holds a Bool that is neither 0 nor 1, or a tensor beyond 2
    /// GiB.</exception>
    public Tensor Read(string name)
    {
        SafeTensorsEntry entry = byName.GetValueOrDefault(name)
            ?? throw new KeyNotFoundException(
                $"{path} has no tensor \"{name}\"; it "
                    + $"has {string.Join(", ", Entries.Take(10).Select(known => $"\"{known.Name}\""))}{(Entries.Count > 10 ? ", …" : ".")}");
        if (entry.Shape.Count * entry.DType.ByteSize > LargestTensor)
        {
            throw new InvalidDataException(
                $"Reading {path}: tensor \"{name}\" of shape {entry.Shape} needs more than {LargestTensor} bytes as {entry.DType}, the most a tensor "
                    + "holds.");
        }
        Tensor tensor = StepScope.Outside(() => Tensor.Allocate(new TensorSpec(entry.Shape, entry.DType)));
        Fill(entry, tensor.WriteBytes());
        return tensor;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => handle.Dispose();

    private void Fill(SafeTensorsEntry entry, Span<byte> destination)
    {
        StoredType type = StoredType.Find(entry.StoredType)!;
        if (!type.IsDirect)
        {
            Span<byte> narrow = destination[(destination.Length - (int)entry.Length)..];      // widened in place, front to back
            ReadExactly(narrow, entry.Offset, entry.Name);
            ElementConversion.Widen(type.Code, narrow, destination);
            return;
        }
        ReadExactly(destination, entry.Offset, entry.Name);
        ElementConversion.SwapOnBigEndian(destination, type.ByteSize);
        if (type.DType == DType.Bool && destination.IndexOfAnyExceptInRange((byte)0, (byte)1) is int position and >= 0)
        {
            throw new InvalidDataException(
                $"Reading {path}: tensor \"{entry.Name}\": Bool element {position} is {destination[position]}; only 0 and 1 are allowed.");
        }
    }

    private void ReadExactly(Span<byte> destination, long offset, string what)
    {
        while (destination.Length > 0)
        {
            int count = RandomAccess.Read(handle, destination, offset);
            if (count == 0)
            {
                throw new InvalidDataException(
                    $"Reading {path}: {what}: the file ends at byte {offset}, {destination.Length} more were expected. It was changed while being "
                        + "read.");
            }
            destination = destination[count..];
            offset += count;
        }
    }
}
