using System.Buffers;

namespace Pyrite.Transforms;

/// <summary>Makes every pixel 0 or 1: against a threshold, or with its value as probability.</summary>
/// <param name="threshold">The least value that becomes 1; null for draws.</param>
internal sealed class Binarization(double? threshold) : ImageTransform
{
    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> image, Shape shape, RandomKey key, Span<float> result)
    {
        if (threshold is { } least)
        {
            for (int i = 0; i < image.Length; i++)
            {
                result[i] = image[i] >= least ? 1 : 0;
            }
            return;
        }
        float[] draws = ArrayPool<float>.Shared.Rent(image.Length);
        key.FillUniform(draws.AsSpan(0, image.Length));
        for (int i = 0; i < image.Length; i++)
        {
            result[i] = draws[i] < image[i] ? 1 : 0;
        }
        ArrayPool<float>.Shared.Return(draws);
    }
}
