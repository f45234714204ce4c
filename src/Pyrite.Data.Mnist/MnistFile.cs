using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Pyrite;

/// <summary>One of MNIST's files: its name, and the length and SHA-256 of its unpacked bytes.</summary>
/// <remarks>The sums are those of the unpacked bytes, because copies of MNIST differ in how they were packed.</remarks>
internal sealed record MnistFile(string Name, long UnpackedBytes, string UnpackedSha256)
{
    public static MnistFile TrainImages { get; } =
        new("train-images-idx3-ubyte", 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");

    public static MnistFile TrainLabels { get; } =
        new("train-labels-idx1-ubyte", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5");

    public static MnistFile TestImages { get; } =
        new("t10k-images-idx3-ubyte", 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7");

    public static MnistFile TestLabels { get; } =
        new("t10k-labels-idx1-ubyte", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    public static IReadOnlyList<MnistFile> All { get; } = [TrainImages, TrainLabels, TestImages, TestLabels];

    public string PackedName => Name + ".gz";

    /// <summary>The path that loading takes: the packed file, else the raw one, else null.</summary>
    public string? FindIn(string folder) =>
        new[] { Path.Combine(folder, PackedName), Path.Combine(folder, Name) }.FirstOrDefault(File.Exists);

    /// <summary>The original's bytes, which are part of this assembly.</summary>
    public IdxContent ReadEmbedded()
    {
        using Stream stream = typeof(MnistFile).Assembly.GetManifestResourceStream(PackedName)!;
        return IdxReader.Read(stream, PackedName, (int)UnpackedBytes);
    }

    public FileNotFoundException NotFound(string folder) =>
        new($"Cannot load MNIST from \"{folder}\": expected {PackedName} or {Name} there; found neither. Copy it there, or call "
            + "Mnist.Download(folder).", Path.Combine(folder, PackedName));

    /// <summary>Null if the file holds MNIST's bytes, raw or gzip; else what is wrong with it.</summary>
    public string? FindFault(string path)
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
        string sum = Sha256(content);
        return sum == UnpackedSha256 ? null : $"wrong bytes: expected SHA-256 {UnpackedSha256} after unpacking, found {sum}";
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
