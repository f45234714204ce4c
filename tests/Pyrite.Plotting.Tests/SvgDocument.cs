using System.Xml.Linq;

namespace Pyrite.Plotting.Tests;

/// <summary>An SVG document parsed as XML, and questions about it.</summary>
internal sealed class SvgDocument(string text)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public XElement Root { get; } = XDocument.Parse(text).Root!;

    /// <summary>All lines of text, in the order drawn.</summary>
    public List<string> Texts => Root.Descendants(Svg + "path").Attributes("aria-label").Select(label => label.Value).ToList();

    public string Title => Root.Element(Svg + "title")!.Value;

    public List<XElement> All(string element) => Root.Descendants(Svg + element).ToList();

    public XElement Group(string title) => Root.Descendants(Svg + "g").Single(group => group.Element(Svg + "title")?.Value == title);

    public static List<XElement> Inside(XElement parent, string element) => parent.Descendants(Svg + element).ToList();
}
