using System.Security;
using System.Text;
using Pyrite.Plotting.Drawing;
using Pyrite.Serialization;
using SkiaSharp;

namespace Pyrite.Plotting;

/// <summary>Pictures as files.</summary>
/// <remarks>The same picture gives the same bytes every time: no clock, no culture, no installed font. Files are written whole or not at
/// all.</remarks>
public static class PictureExtensions
{
    private const int ZipLevel = 6;
    private const string Fonts = "Inter, 'Helvetica Neue', Arial, sans-serif";

    extension(IPicture picture)
    {
        /// <summary>The picture as a PNG file of <see cref="IPicture.Density"/> pixels for each pixel of its size.</summary>
        /// <returns>The bytes of the file.</returns>
        public byte[] ToPng()
        {
            ArgumentNullException.ThrowIfNull(picture);
            SKColorType color = picture is ImageGrid ? SKColorType.Gray8 : SKColorType.Rgba8888;
            SKImageInfo info = new(picture.Width * picture.Density, picture.Height * picture.Density, color, SKAlphaType.Opaque);
            using SKSurface surface = SKSurface.Create(info)
                ?? throw new InvalidOperationException($"Drawing \"{picture.Name}\": there is no room for {info.Width} x {info.Height} pixels.");
            surface.Canvas.Clear(SKColors.White);
            surface.Canvas.Scale(picture.Density);
            picture.Draw(surface.Canvas);
            using SKPixmap? pixels = surface.PeekPixels();
            using SKData? data = pixels?.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, ZipLevel));
            return data?.ToArray() ?? throw new InvalidOperationException($"Writing \"{picture.Name}\" as PNG failed.");
        }

        /// <summary>The picture as an SVG document. Text stays text, in Inter where the reader has it and in a similar font elsewhere.</summary>
        /// <returns>The text of the document.</returns>
        public string ToSvg()
        {
            ArgumentNullException.ThrowIfNull(picture);
            using MemoryStream stream = new();
            using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(picture.Width, picture.Height), stream))
            {
                canvas.Clear(SKColors.White);
                picture.Draw(canvas);
            }
            string name = SecurityElement.Escape(picture.Name), text = SvgText.Clean(Encoding.UTF8.GetString(stream.ToArray()), picture);
            int start = text.IndexOf("<svg ", StringComparison.Ordinal), end = text.IndexOf('>', start);
            string box = FormattableString.Invariant($" viewBox=\"0 0 {picture.Width} {picture.Height}\"");
            return text[..end] + $"{box} role=\"img\" aria-label=\"{name}\">\n<title>{name}</title>"
                + text[(end + 1)..].Replace($"font-family=\"{InterFont.Name}\"", $"font-family=\"{Fonts}\"", StringComparison.Ordinal);
        }

        /// <summary>The picture as a PDF file of one page, one point for each pixel of its size.</summary>
        /// <returns>The bytes of the file.</returns>
        public byte[] ToPdf()
        {
            ArgumentNullException.ThrowIfNull(picture);
            using MemoryStream stream = new();
            SKDocumentPdfMetadata about = new() { Title = picture.Name, Creation = null, Modified = null, RasterDpi = 144, EncodingQuality = 101 };
            using (SKDocument document = SKDocument.CreatePdf(stream, about))
            {
                picture.Draw(document.BeginPage(picture.Width, picture.Height));
                document.EndPage();
                document.Close();
            }
            return stream.ToArray();
        }

        /// <summary>Writes the picture to a PNG file, all of it or nothing.</summary>
        /// <param name="path">The file, replaced if there is one; its folder must exist.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        public void SavePng(string path) => Save(path, picture.ToPng());

        /// <summary>Writes the picture to an SVG file (UTF-8), all of it or nothing.</summary>
        /// <param name="path">The file, replaced if there is one; its folder must exist.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        public void SaveSvg(string path) => Save(path, Encoding.UTF8.GetBytes(picture.ToSvg()));

        /// <summary>Writes the picture to a PDF file, all of it or nothing.</summary>
        /// <param name="path">The file, replaced if there is one; its folder must exist.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        public void SavePdf(string path) => Save(path, picture.ToPdf());
    }

    private static void Save(string path, byte[] file)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, file);
    }
}
