using Pyrite.Plotting.Drawing;
using SkiaSharp;

namespace Pyrite.Plotting;

/// <summary>Gray images of one size laid out in rows and columns, every pixel unchanged.</summary>
/// <remarks>
/// PNG files are 8-bit grayscale; SVG and PDF hold the same pixels. Without padding, labels and magnification, 30 x 30 images
/// of 28 x 28 give exactly 840 x 840 pixels.
/// Cells without an image show the background.
/// </remarks>
public sealed class ImageGrid : IPicture
{
    private const int LargestPadding = 1024;
    private const int LargestMagnification = 64;
    private const float LabelSize = 14;
    private const int LargestSide = 32_768;
    private const int LargestImage = 1 << 26;
    private const int LabelMargin = 10;

    private readonly byte[] pixels;

    /// <summary>Lays out images; the pixels are copied.</summary>
    /// <param name="pixels">The images one after the other, each row after row; 0 is black, 255 white.</param>
    /// <param name="rows">Rows of images.</param>
    /// <param name="columns">Columns of images.</param>
    /// <param name="imageHeight">Rows of pixels of one image.</param>
    /// <param name="imageWidth">Columns of pixels of one image.</param>
    /// <exception cref="ArgumentException">A size is below 1, there is not a whole number of images, or there are more images than cells.</exception>
    public ImageGrid(ReadOnlySpan<byte> pixels, int rows, int columns, int imageHeight, int imageWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(imageHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(imageWidth, 1);
        long perImage = (long)imageHeight * imageWidth;
        if (pixels.Length % perImage != 0 || pixels.Length / perImage > (long)rows * columns)
        {
            throw new ArgumentException(
                $"A grid of {rows}x{columns} images of {imageHeight}x{imageWidth} pixels takes up to {(long)rows * columns} times {perImage} pixels, "
                + $"found {pixels.Length}.",
                nameof(pixels));
        }

        this.pixels = pixels.ToArray();
        Rows = rows;
        Columns = columns;
        ImageHeight = imageHeight;
        ImageWidth = imageWidth;
    }

    /// <summary>Rows of images.</summary>
    public int Rows { get; }

    /// <summary>Columns of images.</summary>
    public int Columns { get; }

    /// <summary>Rows of pixels of one image.</summary>
    public int ImageHeight { get; }

    /// <summary>Columns of pixels of one image.</summary>
    public int ImageWidth { get; }

    /// <summary>Pixels of background between images and around them, 0 to 1024 (before magnification).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public int Padding
    {
        get;
        init => field = value is >= 0 and <= LargestPadding
            ? value : throw new ArgumentOutOfRangeException(nameof(Padding), value, $"Expected 0 to {LargestPadding} pixels.");
    }

    /// <summary>The gray of padding, empty cells and the margin of labels: 0 is black, 255 white.</summary>
    public byte Background { get; init; }

    /// <summary>Each pixel becomes a block of so many by so many: 1 to 64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public int Magnification
    {
        get;
        init => field = value is >= 1 and <= LargestMagnification
            ? value : throw new ArgumentOutOfRangeException(nameof(Magnification), value, $"Expected 1 to {LargestMagnification}.");
    } = 1;

    /// <summary>A name left of each row, as many as there are rows; null for none.</summary>
    public IReadOnlyList<string>? RowLabels { get; init; }

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"{Rows} x {Columns} images");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The number of labels is not that of the rows, or the picture would be too large.</exception>
    public int Width
    {
        get
        {
            RequireDrawable();
            return LabelWidth + GridWidth;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">As for <see cref="Width"/>.</exception>
    public int Height
    {
        get
        {
            RequireDrawable();
            return GridHeight;
        }
    }

    /// <summary>1: images are drawn pixel by pixel.</summary>
    public int Density => 1;

    private int GridWidth => ((Columns * (ImageWidth + Padding)) + Padding) * Magnification;

    private int GridHeight => ((Rows * (ImageHeight + Padding)) + Padding) * Magnification;

    private int LabelWidth => RowLabels is null
        ? 0
        : (int)Math.Ceiling(RowLabels.Max(Measure)) + (2 * LabelMargin);

    /// <summary>Turns numbers from 0 to 1, as networks give them, into grays from 0 to 255, rounded to the nearest.</summary>
    /// <param name="values">The numbers; those outside [0, 1] take the nearest end, NaN becomes 0.</param>
    /// <returns>As many bytes.</returns>
    public static byte[] ToBytes(ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            bytes[i] = values[i] > 0 ? (byte)((Math.Min(values[i], 1) * 255) + 0.5f) : (byte)0;
        }

        return bytes;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">As for <see cref="Width"/>.</exception>
    public void Draw(SKCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        using SKPaint background = new() { Color = new SKColor(Background, Background, Background) };
        canvas.DrawRect(SKRect.Create(Width, Height), background);
        DrawLabels(canvas);
        SKImageInfo info = new(GridWidth, GridHeight, SKColorType.Gray8, SKAlphaType.Opaque);
        using SKImage image = SKImage.FromPixelCopy(info, ComposeGrid());
        canvas.DrawImage(image, LabelWidth, 0, new SKSamplingOptions(SKFilterMode.Nearest));
    }

    private static float Measure(string label)
    {
        using SKFont font = new(InterFont.Regular, LabelSize);
        return font.MeasureText(label);
    }

    private void RequireDrawable()
    {
        if (RowLabels is not null && RowLabels.Count != Rows)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A grid of {Rows} rows needs as many row labels, found {RowLabels.Count}."), nameof(RowLabels));
        }
        long width = LabelWidth + (((Columns * ((long)ImageWidth + Padding)) + Padding) * Magnification);
        long height = ((Rows * ((long)ImageHeight + Padding)) + Padding) * Magnification;
        if (width > LargestSide || height > LargestSide || width * height > LargestImage)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The grid would have {width}x{height} pixels; sides of up to {LargestSide} and {LargestImage} pixels in all can be drawn."));
        }
    }

    private void DrawLabels(SKCanvas canvas)
    {
        if (RowLabels is null)
        {
            return;
        }
        int rowHeight = Magnification * (ImageHeight + Padding);
        using SKFont font = new(InterFont.Regular, Math.Min(LabelSize, rowHeight)) { Subpixel = true };
        using SKPaint ink = new() { Color = Background < 128 ? SKColors.White : SKColors.Black, IsAntialias = true };
        for (int row = 0; row < Rows; row++)
        {
            float middle = (Magnification * (Padding + (0.5f * ImageHeight))) + (row * rowHeight);
            canvas.DrawText(RowLabels[row], LabelWidth - LabelMargin, middle + (0.36f * font.Size), SKTextAlign.Right, font, ink);
        }
    }

    private byte[] ComposeGrid()
    {
        byte[] grid = new byte[GridWidth * GridHeight];
        Array.Fill(grid, Background);
        int perImage = ImageHeight * ImageWidth;
        for (int i = 0; i < pixels.Length; i++)
        {
            int image = i / perImage, y = i % perImage / ImageWidth, x = i % ImageWidth;
            int top = (Padding + (image / Columns * (ImageHeight + Padding)) + y) * Magnification;
            int left = (Padding + (image % Columns * (ImageWidth + Padding)) + x) * Magnification;
            for (int row = top; row < top + Magnification; row++)
            {
                grid.AsSpan((row * GridWidth) + left, Magnification).Fill(pixels[i]);
            }
        }
        return grid;
    }
}
