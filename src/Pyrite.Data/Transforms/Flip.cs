namespace Pyrite.Transforms;

/// <summary>Mirrors some images.</summary>
internal sealed class Flip : ImageTransform
{
    private readonly double probability;
    private readonly bool isVertical;

    public Flip(double probability, bool isVertical)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(probability), probability, "Cannot flip images so often: expected a probability from 0 to 1.");
        }
        this.probability = probability;
        this.isVertical = isVertical;
    }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> image, Shape shape, RandomKey key, Span<float> result)
    {
        image.CopyTo(result);
        if (key.UniformNumber() >= probability)
        {
            return;
        }
        int columns = shape[2], rows = shape[1];
        for (int row = 0; row < shape[0] * rows; row++)
        {
            Span<float> target = result.Slice(row * columns, columns);
            if (isVertical)
            {
                image.Slice((((row / rows) + 1) * rows * columns) - ((row % rows) + 1) * columns, columns).CopyTo(target);
            }
            else
            {
                target.Reverse();
            }
        }
    }
}
