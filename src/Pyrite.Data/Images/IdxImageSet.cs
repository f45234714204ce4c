namespace Pyrite.Images;

/// <summary>A set in four files of MNIST's layout: training images and labels, test images and labels.</summary>
internal sealed class IdxImageSet(string name, string title, string license, Uri[] mirrors, string[] classes, IdxFile[] files)
    : ImageSetSource(name, title, license, mirrors, classes, files)
{
    private const int Side = 28;
    private const int MaxImageBytes = 256 << 20;

    /// <inheritdoc/>
    private protected override (LabelledImages Train, LabelledImages Test) Read(string[] paths) =>
        (Pair(paths[0], paths[1]), Pair(paths[2], paths[3]));

    private LabelledImages Pair(string imagesPath, string labelsPath)
    {
        LabelledImages images = LabelledImages.Load(imagesPath, labelsPath, MaxImageBytes);
        return images.Rows == Side && images.Columns == Side
            ? images
            : throw new InvalidDataException(
                $"Cannot read \"{imagesPath}\" as {Title}: expected images of {Side} x {Side}; found {images.Rows} x {images.Columns}. Load other "
                    + "sizes with LabelledImages.Load.");
    }
}
