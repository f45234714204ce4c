using SkiaSharp;

namespace Pyrite.Plotting;

/// <summary>Something of a known size that can be drawn, and saved as PNG, SVG or PDF by <see cref="PictureExtensions"/>.</summary>
public interface IPicture
{
    /// <summary>What it is called, for readers that cannot see it.</summary>
    string Name { get; }

    /// <summary>Width in pixels at density 1.</summary>
    int Width { get; }

    /// <summary>Height in pixels at density 1.</summary>
    int Height { get; }

    /// <summary>Pixels of a PNG file for one pixel of width and height, 1 to 4.</summary>
    int Density { get; }

    /// <summary>Draws the picture into the rectangle from 0, 0 to its width and height.</summary>
    /// <param name="canvas">What it is drawn on.</param>
    void Draw(SKCanvas canvas);
}
