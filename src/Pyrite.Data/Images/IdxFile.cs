using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Pyrite.Images;

/// <summary>A file of the layout of MNIST's, which lies packed with gzip or unpacked.</summary>
/// <param name="RawName">Its name when unpacked.</param>
/// <param name="UnpackedBytes">Its length when unpacked.</param>
/// <param name="UnpackedSha256">The sum of its unpacked bytes, where copies differ in how they are packed; else null.</param>
/// <param name="PackedSha256">The sum of the packed file, where that is what is known; else null.</param>
internal sealed record IdxFile(string RawName, long UnpackedBytes, string? UnpackedSha256 = null, string? PackedSha256 = null)
    : RemoteFile(RawName + ".gz", UnpackedBytes + SlackBytes)
{
    /// <summary>A mirror may serve a file unpacked, but nothing longer than that.</summary>
    private const int SlackBytes = 1 << 12;

    /// <summary>The packed file, else the raw one.</summary>
    public override string? FindIn(string folder) =>
        base.FindIn(folder) ?? (Path.Combine(folder, RawName) is var raw && File.Exists(raw) ? raw : null);

    /// <inheritdoc/>
    public override string? FindFault(string path)
    {
        IdxContent content;
        try
        {
            content = IdxReader.Read(path, (int)UnpackedBytes);
        }
        catch (InvalidDataException problem)
        {
            return problem.Message;
        }
        return UnpackedSha256 is not null ? FindFault(Sha256(content), UnpackedSha256, " after unpacking") : FindFault(path, PackedSha256!);
    }

    private static string Sha256(IdxContent content)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0, 0, 0x08, (byte)content.Dimensions.Count]);
        Span<byte> field = stackalloc byte[4];
        foreach (int size in content.Dimensions)
        {
            BinaryPrimitives.WriteInt32BigEndian(field, size);
            hash.AppendData(field);
        }
        hash.AppendData(content.Bytes.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
