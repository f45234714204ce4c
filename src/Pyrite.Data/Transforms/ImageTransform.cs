using Pyrite.Transforms;

namespace Pyrite;

/// <summary>Something done to each image when a batch is made; derive from this class for one of your own.</summary>
/// <remarks>An image is Float32 [channels, rows, columns], row-major. What a transform does may depend on the key alone, which is that of the epoch
/// and the image: so runs repeat, and an image looks different in every epoch. <see cref="ImageTransforming"/> puts transforms on a data
/// set.</remarks>
public abstract class ImageTransform
{
    /// <summary>The shape that images have afterwards.</summary>
    /// <param name="image">Their shape before: [channels, rows, columns].</param>
    /// <exception cref="ArgumentException">Images of that shape cannot be transformed.</exception>
    public virtual Shape ShapeAfter(Shape image) => image;

    /// <summary>Transforms one image.</summary>
    /// <param name="image">The image before.</param>
    /// <param name="shape">Its shape: [channels, rows, columns].</param>
    /// <param name="key">Where all randomness comes from.</param>
    /// <param name="result">Room for the image afterwards; its content is undefined before.</param>
    public abstract void Apply(ReadOnlySpan<float> image, Shape shape, RandomKey key, Span<float> result);

    /// <summary>Mirrors an image left to right.</summary>
    /// <param name="probability">How often, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is none.</exception>
    public static ImageTransform FlipHorizontally(double probability = 0.5) => new Flip(probability, isVertical: false);

    /// <summary>Mirrors an image top to bottom.</summary>
    /// <param name="probability">How often, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is none.</exception>
    public static ImageTransform FlipVertically(double probability = 0.5) => new Flip(probability, isVertical: true);

    /// <summary>Moves an image by whole pixels, each distance equally likely; what comes in is 0.</summary>
    /// <param name="most">The most pixels, up or down and left or right; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is negative.</exception>
    public static ImageTransform Shift(int most) => new Window(most, rows: null, columns: null, isRandom: true);

    /// <summary>Cuts a window out at random, each place equally likely.</summary>
    /// <param name="rows">The window's height, in pixels.</param>
    /// <param name="columns">The window's width, in pixels.</param>
    /// <param name="padding">Pixels of 0 that are put around the image before; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the padding is negative.</exception>
    public static ImageTransform RandomCrop(int rows, int columns, int padding = 0) => new Window(padding, rows, columns, isRandom: true);

    /// <summary>Cuts the middle out; where it cannot be exact, it lies half a pixel up or left.</summary>
    /// <param name="rows">The window's height, in pixels.</param>
    /// <param name="columns">The window's width, in pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static ImageTransform CenterCrop(int rows, int columns) => new Window(0, rows, columns, isRandom: false);

    /// <summary>Subtracts a mean and divides by a standard deviation.</summary>
    /// <param name="mean">One for all channels, or one per channel.</param>
    /// <param name="standardDeviation">As many, positive.</param>
    /// <exception cref="ArgumentException">There are not as many of one as of the other, or a number is not finite or not positive.</exception>
    public static ImageTransform Normalize(ReadOnlySpan<double> mean, ReadOnlySpan<double> standardDeviation) =>
        new ChannelNormalization(mean.ToArray(), standardDeviation.ToArray());

    /// <summary>Makes every pixel 0 or 1.</summary>
    /// <param name="threshold">The least value that becomes 1.</param>
    public static ImageTransform Binarize(double threshold = 0.5) => new Binarization(threshold);

    /// <summary>Makes every pixel 1 with its own value as probability, else 0, anew in every epoch.</summary>
    /// <remarks>R. Salakhutdinov, I. Murray, "On the Quantitative Analysis of Deep Belief Networks", 2008: binarized MNIST.</remarks>
    public static ImageTransform BinarizeAtRandom() => new Binarization(null);
}
