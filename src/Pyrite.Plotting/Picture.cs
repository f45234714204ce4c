using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Png;
using Pyrite.Plotting.Raster;
using Pyrite.Plotting.Svg;
using Pyrite.Serialization;

namespace Pyrite.Plotting;

/// <summary>Something that can be written as PNG or SVG: a chart, an image grid, or a figure of several.</summary>
/// <remarks>
/// The same picture gives the same pixels and the same SVG text on every machine: no clock, no culture, no installed font.
/// Text is drawn as strokes, and readable to screen readers in SVG. Files are written whole or not at all.
/// </remarks>
public abstract class Picture
{
    private protected Picture()
    {
    }

    internal abstract PictureSize Size { get; }

    /// <summary>What the picture is called in SVG, for readers that cannot see it.</summary>
    internal abstract string Name { get; }

    /// <summary>The picture as a PNG file.</summary>
    /// <returns>The bytes of the file.</returns>
    public byte[] ToPng() => PngWriter.Encode(Render(), Size.Density);

    /// <summary>The picture as an SVG document.</summary>
    /// <returns>The text of the document.</returns>
    public string ToSvg()
    {
        var canvas = new SvgCanvas(Size.Width, Size.Height, Name, Rgb.White);
        Draw(canvas, new Rect(0, 0, Size.Width, Size.Height));
        return canvas.ToDocument();
    }

    /// <summary>Writes the picture to a PNG file, all of it or nothing.</summary>
    /// <param name="path">The file, replaced if there is one; its folder must exist.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public void SavePng(string path) => AtomicFile.Write(path, ToPng());

    /// <summary>Writes the picture to an SVG file (UTF-8), all of it or nothing.</summary>
    /// <param name="path">The file, replaced if there is one; its folder must exist.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public void SaveSvg(string path) => AtomicFile.Write(path, System.Text.Encoding.UTF8.GetBytes(ToSvg()));

    /// <summary>Draws the picture into a rectangle of a canvas.</summary>
    internal abstract void Draw(ICanvas canvas, Rect area);

    /// <summary>The picture's pixels, as its PNG file holds them.</summary>
    internal virtual PngImage Render()
    {
        var canvas = new RasterCanvas(Size.Width, Size.Height, Size.Density, Rgb.White);
        Draw(canvas, new Rect(0, 0, Size.Width, Size.Height));
        return canvas.ToImage();
    }
}
