using Pyrite.Plotting.Drawing;

namespace Pyrite.Plotting;

/// <summary>Model graphs and plans as pictures: <c>Inspect.Graph(model).ToPicture().SavePng("graph.png")</c>.</summary>
public static class DiagramExtensions
{
    extension(Diagram diagram)
    {
        /// <summary>The diagram as a picture, of density 2.</summary>
        public IPicture Picture
        {
            get
            {
                ArgumentNullException.ThrowIfNull(diagram);
                return new DiagramPicture(diagram);
            }
        }

        /// <summary>The diagram as a PNG file.</summary>
        /// <returns>The bytes of the file.</returns>
        public byte[] ToPng() => diagram.Picture.ToPng();

        /// <summary>Writes the diagram to a PNG file, all of it or nothing.</summary>
        /// <param name="path">The file, replaced if there is one; its folder must exist.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        public void SavePng(string path) => diagram.Picture.SavePng(path);

        /// <summary>Writes the diagram to a PDF file, all of it or nothing.</summary>
        /// <param name="path">The file, replaced if there is one; its folder must exist.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        public void SavePdf(string path) => diagram.Picture.SavePdf(path);
    }
}
