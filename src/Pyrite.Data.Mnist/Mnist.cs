namespace Pyrite;

/// <summary>The MNIST database of handwritten digits: 60,000 training and 10,000 test images of 28 x 28 pixels, labels 0 to 9.</summary>
/// <remarks>
/// Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits". Sets in the same layout with ten classes, such as Fashion-MNIST,
/// load too: the content is checked for its form, not for being MNIST.
/// </remarks>
public sealed class Mnist
{
    private const int Side = 28;
    private const int Classes = 10;
    private const int MaxImageBytes = 256 << 20;

    private Mnist(LabelledImages train, LabelledImages test)
    {
        Train = train;
        Test = test;
    }

    /// <summary>The training set; 60,000 images in the original.</summary>
    public LabelledImages Train { get; }

    /// <summary>The test set; 10,000 images in the original.</summary>
    public LabelledImages Test { get; }

    /// <summary>Loads the digits that are part of this library, wherever the program runs.</summary>
    /// <remarks>Where the environment variable PYRITE_DATA is set, the four files are loaded from that folder, or from its <c>mnist</c>.</remarks>
    /// <returns>Both sets.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder that PYRITE_DATA names does not hold the four files.</exception>
    /// <exception cref="InvalidDataException">A file is broken.</exception>
    public static Mnist Load() => MnistFolder.Find() is { } folder ? Load(folder)
        : new Mnist(Embedded(MnistFile.TrainImages, MnistFile.TrainLabels), Embedded(MnistFile.TestImages, MnistFile.TestLabels));

    /// <summary>Loads the four files from a folder, each gzip or raw.</summary>
    /// <param name="folder">A folder with <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
    /// <c>t10k-labels-idx1-ubyte</c>, with or without <c>.gz</c>; the packed one is taken where both are there.</param>
    /// <returns>Both sets.</returns>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, the images are not 28 x 28, a label is above 9, or counts differ.</exception>
    public static Mnist Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new Mnist(LoadPair(folder, MnistFile.TrainImages, MnistFile.TrainLabels),
            LoadPair(folder, MnistFile.TestImages, MnistFile.TestLabels));
    }

    /// <summary>Downloads the four files into a folder and waits for them; see <see cref="DownloadAsync"/>.</summary>
    /// <param name="folder">Where to put the files; made if it is not there.</param>
    /// <param name="progress">Told about every block that arrives.</param>
    /// <param name="mirrors">Addresses to try in turn, the public ones if null.</param>
    /// <param name="client">The client to use, one made for this call if null.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    public static void Download(
        string folder,
        IProgress<DownloadProgress>? progress = null,
        IReadOnlyList<Uri>? mirrors = null,
        HttpClient? client = null,
        CancellationToken cancellationToken = default) =>
        DownloadAsync(folder, progress, mirrors, client, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Downloads the four files, 11.6 MB, from the public mirrors, and checks them.</summary>
    /// <remarks>
    /// Good files already there are kept and not fetched again. A file is written under another name, its unpacked content is compared with MNIST's
    /// SHA-256, and only then it gets its name: after a failure there is either the whole file or what was there before.
    /// </remarks>
    /// <param name="folder">Where to put the files; made if it is not there.</param>
    /// <param name="progress">Told about every block that arrives.</param>
    /// <param name="mirrors">Addresses to try in turn, each a folder that holds the four .gz files; the public ones if null.</param>
    /// <param name="client">The client to use, one made for this call if null.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>A task that ends when all four files are there.</returns>
    /// <exception cref="IOException">A file came from no mirror, or could not be written; the message says what went wrong with each.</exception>
    /// <exception cref="OperationCanceledException">The download was cancelled.</exception>
    public static async Task DownloadAsync(
        string folder,
        IProgress<DownloadProgress>? progress = null,
        IReadOnlyList<Uri>? mirrors = null,
        HttpClient? client = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        await ImageSets.Mnist.DownloadAsync(folder, progress, mirrors, client, cancellationToken).ConfigureAwait(false);
    }

    private static LabelledImages Embedded(MnistFile imagesFile, MnistFile labelsFile)
    {
        IdxContent images = imagesFile.ReadEmbedded();
        return new LabelledImages(images.Bytes, labelsFile.ReadEmbedded().Bytes, images.Dimensions[1], images.Dimensions[2]);
    }

    private static LabelledImages LoadPair(string folder, MnistFile imagesFile, MnistFile labelsFile)
    {
        string imagesPath = imagesFile.FindIn(folder) ?? throw imagesFile.NotFound(folder);
        string labelsPath = labelsFile.FindIn(folder) ?? throw labelsFile.NotFound(folder);
        LabelledImages images = LabelledImages.Load(imagesPath, labelsPath, MaxImageBytes);
        if (images.Rows != Side || images.Columns != Side)
        {
            throw new InvalidDataException(
                $"Cannot read \"{imagesPath}\" as MNIST: expected images of {Side} x {Side}; found {images.Rows} x {images.Columns}. Load other "
                    + "sizes with LabelledImages.Load.");
        }
        int wrong = images.Labels.Span.IndexOfAnyInRange((byte)Classes, byte.MaxValue);
        if (wrong >= 0)
        {
            throw new InvalidDataException(
                $"Cannot read \"{labelsPath}\" as MNIST: expected labels from 0 to {Classes - 1}; found {images.Labels.Span[wrong]} at {wrong}. Load "
                    + "other label sets with LabelledImages.Load.");
        }
        return images;
    }
}
