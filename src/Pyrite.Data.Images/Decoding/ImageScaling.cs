namespace Pyrite.Decoding;

/// <summary>Images in another size.</summary>
internal static class ImageScaling
{
    private const float White = 255;

    /// <summary>Brings an image to a size.</summary>
    /// <param name="image">The image.</param>
    /// <param name="rows">The height wanted.</param>
    /// <param name="columns">The width wanted.</param>
    /// <param name="options">How it fits, and what is beside it.</param>
    /// <param name="result">Channels x rows x columns numbers, 0 to 1.</param>
    public static void Fit(Planes image, int rows, int columns, ImageOptions options, Span<float> result)
    {
        double height = image.Rows, width = image.Columns, top = 0, left = 0;
        int innerRows = rows, innerColumns = columns;
        switch (options.Fit)
        {
            case ImageFit.Cover when height * columns > width * rows:
                height = width * rows / columns;
                top = (image.Rows - height) / 2;
                break;
            case ImageFit.Cover:
                width = height * columns / rows;
                left = (image.Columns - width) / 2;
                break;
            case ImageFit.Contain when height * columns > width * rows:
                innerColumns = Math.Max(1, (int)Math.Round(width * rows / height));
                break;
            case ImageFit.Contain:
                innerRows = Math.Max(1, (int)Math.Round(height * columns / width));
                break;
            default:
                break;
        }
        ResampledAxis across = ResampledAxis.Of(image.Columns, left, width, innerColumns);
        ResampledAxis down = ResampledAxis.Of(image.Rows, top, height, innerRows);
        if (innerRows < rows || innerColumns < columns)
        {
            result.Fill(options.Background / White);
        }
        int firstRow = (rows - innerRows) / 2, firstColumn = (columns - innerColumns) / 2;
        float[] narrow = new float[checked(image.Rows * innerColumns)];
        for (int channel = 0; channel < image.Channels; channel++)
        {
            ReadOnlySpan<byte> plane = image.Bytes.AsSpan(channel * image.Rows * image.Columns, image.Rows * image.Columns);
            for (int row = down.First; row < down.End; row++)
            {
                ReadOnlySpan<byte> line = plane.Slice(row * image.Columns, image.Columns);
                for (int column = 0; column < innerColumns; column++)
                {
                    float sum = 0;
                    ReadOnlySpan<float> weights = across.Weights(column, out int from);
                    for (int i = 0; i < weights.Length; i++)
                    {
                        sum += weights[i] * line[from + i];
                    }
                    narrow[(row * innerColumns) + column] = sum;
                }
            }
            for (int row = 0; row < innerRows; row++)
            {
                ReadOnlySpan<float> weights = down.Weights(row, out int from);
                Span<float> line = result.Slice((((channel * rows) + firstRow + row) * columns) + firstColumn, innerColumns);
                line.Clear();
                for (int i = 0; i < weights.Length; i++)
                {
                    ReadOnlySpan<float> source = narrow.AsSpan((from + i) * innerColumns, innerColumns);
                    for (int column = 0; column < innerColumns; column++)
                    {
                        line[column] += weights[i] * source[column];
                    }
                }
                for (int column = 0; column < innerColumns; column++)
                {
                    line[column] = Math.Clamp(line[column], 0, White) / White;
                }
            }
        }
    }
}
