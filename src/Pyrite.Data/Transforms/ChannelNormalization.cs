using Pyrite.Text;

namespace Pyrite.Transforms;

/// <summary>Subtracts a mean and divides by a standard deviation, one for all channels or one per channel.</summary>
internal sealed class ChannelNormalization : ImageTransform
{
    private readonly double[] mean;
    private readonly double[] standardDeviation;

    public ChannelNormalization(double[] mean, double[] standardDeviation)
    {
        if (mean.Length == 0 || mean.Length != standardDeviation.Length || !Array.TrueForAll(mean, double.IsFinite)
            || !Array.TrueForAll(standardDeviation, each => double.IsFinite(each) && each > 0))
        {
            throw new ArgumentException(
                $"Cannot normalize images: expected as many finite means as positive standard deviations, at least one; found {mean.Length} and "
                    + $"{standardDeviation.Length}: {NumberList.Text(mean)}; {NumberList.Text(standardDeviation)}.", nameof(standardDeviation));
        }
        this.mean = mean;
        this.standardDeviation = standardDeviation;
    }

    /// <inheritdoc/>
    public override Shape ShapeAfter(Shape image) => mean.Length == 1 || mean.Length == image[0]
        ? image
        : throw new ArgumentException(
            $"Cannot normalize images of {image[0]} channels: expected 1 or {image[0]} means; found {mean.Length}. Pass one per channel.",
            nameof(image));

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> image, Shape shape, RandomKey key, Span<float> result)
    {
        int size = shape[1] * shape[2];
        for (int channel = 0; channel < shape[0]; channel++)
        {
            float center = (float)mean[mean.Length == 1 ? 0 : channel], scale = (float)standardDeviation[mean.Length == 1 ? 0 : channel];
            for (int i = channel * size; i < (channel + 1) * size; i++)
            {
                result[i] = (image[i] - center) / scale;
            }
        }
    }
}
