namespace Pyrite;

/// <summary>One of MNIST's files: its name, and the length of its unpacked bytes. <see cref="ImageSets.Mnist"/> knows their sums.</summary>
internal sealed record MnistFile(string Name, long UnpackedBytes)
{
    public static MnistFile TrainImages { get; } = new("train-images-idx3-ubyte", 47_040_016);

    public static MnistFile TrainLabels { get; } = new("train-labels-idx1-ubyte", 60_008);

    public static MnistFile TestImages { get; } = new("t10k-images-idx3-ubyte", 7_840_016);

    public static MnistFile TestLabels { get; } = new("t10k-labels-idx1-ubyte", 10_008);

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
}
