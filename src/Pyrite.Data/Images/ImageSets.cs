using Pyrite.Images;

namespace Pyrite;

/// <summary>Published image sets by name: <c>ImageSets.FashionMnist.Load()</c> downloads once, checks, and reads.</summary>
public static class ImageSets
{
    /// <summary>The MNIST database of handwritten digits: 60,000 and 10,000 images of 28 x 28. Package Pyrite.Data.Mnist has them without a
    /// download.</summary>
    /// <remarks>Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits". The sums are those of the unpacked bytes,
    /// because copies differ in how they were packed.</remarks>
    public static ImageSetSource Mnist { get; } = new IdxImageSet("mnist", "MNIST", "CC BY-SA 3.0",
        [new("https://ossci-datasets.s3.amazonaws.com/mnist/"), new("https://storage.googleapis.com/cvdf-datasets/mnist/")],
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        [
            new("train-images-idx3-ubyte", 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new("train-labels-idx1-ubyte", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new("t10k-images-idx3-ubyte", 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new("t10k-labels-idx1-ubyte", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ]);

    /// <summary>Fashion-MNIST: clothes in MNIST's layout, 60,000 and 10,000 images of 28 x 28.</summary>
    /// <remarks>H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms", arXiv
    /// 1708.07747.</remarks>
    public static ImageSetSource FashionMnist { get; } = new IdxImageSet("fashion-mnist", "Fashion-MNIST", "MIT",
        [
            new("https://fashion-mnist.s3.eu-central-1.amazonaws.com/"),
            new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
        ],
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        [
            Packed("train-images-idx3-ubyte", 47_040_016, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            Packed("train-labels-idx1-ubyte", 60_008, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            Packed("t10k-images-idx3-ubyte", 7_840_016, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            Packed("t10k-labels-idx1-ubyte", 10_008, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ]);

    /// <summary>Kuzushiji-MNIST: ten characters of old Japanese script in MNIST's layout, 60,000 and 10,000 images of 28 x 28.</summary>
    /// <remarks>T. Clanuwat, M. Bober-Irizar, A. Kitamoto, A. Lamb, K. Yamamoto, D. Ha, "Deep Learning for Classical Japanese Literature", arXiv
    /// 1812.01718.</remarks>
    public static ImageSetSource Kmnist { get; } = new IdxImageSet("kmnist", "Kuzushiji-MNIST", "CC BY-SA 4.0",
        [new("https://codh.rois.ac.jp/kmnist/dataset/kmnist/")],
        ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
        [
            Packed("train-images-idx3-ubyte", 47_040_016, "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"),
            Packed("train-labels-idx1-ubyte", 60_008, "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"),
            Packed("t10k-images-idx3-ubyte", 7_840_016, "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"),
            Packed("t10k-labels-idx1-ubyte", 10_008, "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"),
        ]);

    /// <summary>CIFAR-10: photographs of ten kinds of things, 50,000 and 10,000 colour images of 3 x 32 x 32.</summary>
    /// <remarks>A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009; the binary version, 162 MB. Its authors state no
    /// licence.</remarks>
    public static ImageSetSource Cifar10 { get; } = new CifarImageSet("cifar-10", "CIFAR-10", "none stated",
        [new("https://www.cs.toronto.edu/~kriz/")],
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
        new ArchiveFile("cifar-10-binary.tar.gz", 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ImageSetSource> All { get; } = [Mnist, FashionMnist, Kmnist, Cifar10];

    /// <summary>The set of a name.</summary>
    /// <param name="name">Such as <c>fashion-mnist</c>; upper and lower case are the same.</param>
    /// <exception cref="ArgumentException">No set has that name; the message lists them.</exception>
    public static ImageSetSource Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return All.FirstOrDefault(source => source.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"There is no image set \"{name}\": expected one of {string.Join(", ", All.Select(source => source.Name))}. Load sets of your own "
                    + "with LabelledImages.Load.", nameof(name));
    }

    private static IdxFile Packed(string name, long bytes, string sha256) => new(name, bytes, PackedSha256: sha256);
}
