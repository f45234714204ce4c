using SkiaSharp;

namespace Pyrite.Plotting.Drawing;

/// <summary>A diagram as a picture.</summary>
internal sealed class DiagramPicture(Diagram diagram) : IPicture
{
    public string Name => diagram.Title;

    public int Width => diagram.Width;

    public int Height => diagram.Height;

    public int Density => 2;

    public void Draw(SKCanvas canvas) => diagram.Draw(new SkiaDiagramPainter(canvas));
}
