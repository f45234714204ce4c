namespace Pyrite.Transforms;

/// <summary>Takes a window of an image with a margin of zeros around it.</summary>
internal sealed class Window : ImageTransform
{
    private readonly int margin;
    private readonly int? rows;
    private readonly int? columns;
    private readonly bool isRandom;

    /// <summary>Chooses a window.</summary>
    /// <param name="margin">Pixels of zeros around the image.</param>
    /// <param name="rows">The window's height; that of the image if null.</param>
    /// <param name="columns">The window's width; that of the image if null.</param>
    /// <param name="isRandom">Whether it lies anywhere; else in the middle.</param>
    public Window(int margin, int? rows, int? columns, bool isRandom)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows ?? 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns ?? 1, nameof(columns));
        this.margin = margin;
        this.rows = rows;
        this.columns = columns;
        this.isRandom = isRandom;
    }

    /// <inheritdoc/>
    public override Shape ShapeAfter(Shape image)
    {
        Shape after = [image[0], rows ?? image[1], columns ?? image[2]];
        return after[1] <= image[1] + (2 * margin) && after[2] <= image[2] + (2 * margin)
            ? after
            : throw new ArgumentException(
                $"Cannot cut {after[1]} x {after[2]} pixels out of images of {image[1]} x {image[2]}"
                    + (margin > 0 ? $" with {margin} around them" : "") + ": expected a smaller window. Choose one, or a wider margin.",
                nameof(image));
    }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> image, Shape shape, RandomKey key, Span<float> result)
    {
        int height = shape[1], width = shape[2], rowsAfter = rows ?? height, columnsAfter = columns ?? width;
        (int top, int left) = Corner(key, height + (2 * margin) - rowsAfter, width + (2 * margin) - columnsAfter);
        int firstColumn = Math.Max(0, margin - left), endColumn = Math.Min(columnsAfter, width + margin - left);
        result.Clear();
        for (int row = 0; row < shape[0] * rowsAfter; row++)
        {
            int channel = row / rowsAfter, from = (row % rowsAfter) + top - margin;
            if (from >= 0 && from < height && endColumn > firstColumn)
            {
                int start = (((channel * height) + from) * width) + firstColumn + left - margin;
                image.Slice(start, endColumn - firstColumn).CopyTo(result[((row * columnsAfter) + firstColumn)..]);
            }
        }
    }

    private (int Top, int Left) Corner(RandomKey key, int mostTop, int mostLeft)
    {
        if (!isRandom)
        {
            return (mostTop / 2, mostLeft / 2);
        }
        Span<long> top = stackalloc long[1], left = stackalloc long[1];
        key.Child(0).FillIntegers(top, mostTop + 1);
        key.Child(1).FillIntegers(left, mostLeft + 1);
        return ((int)top[0], (int)left[0]);
    }
}
