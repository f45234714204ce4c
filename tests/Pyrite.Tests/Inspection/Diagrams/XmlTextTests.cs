using System.Xml.Linq;
using Pyrite.Inspection.Diagrams;

namespace Pyrite.Tests.Inspection.Diagrams;

public class XmlTextTests
{
    [Theory]
    [InlineData("a<b>&\"c'", "a&lt;b&gt;&amp;&quot;c&apos;")]
    [InlineData("tab\tand\0zero\u0001", "tab\tand\uFFFDzero\uFFFD")]
    [InlineData("\uD83D\uDE00", "\uD83D\uDE00")]
    public void Escapes_markup_and_replaces_what_xml_forbids(string text, string expected) => Assert.Equal(expected, XmlText.Escape(text));

    [Fact]
    public void Replaces_halves_of_surrogate_pairs() =>
        Assert.Equal("\uFFFDa\uFFFD", XmlText.Escape(new string([(char)0xDE00, 'a', (char)0xD83D])));

    [Fact]
    public void Any_title_gives_well_formed_documents()
    {
        string title = string.Concat(Enumerable.Range(0, 300).Select(code => (char)code)) + "\uD800";
        XDocument svg = XDocument.Parse(new Diagram([new DiagramNode(title, "", DiagramNodeStyle.Open, [])], [], title).ToSvg());
        Assert.Equal(301, svg.Descendants().Last(element => element.Name.LocalName == "text").Value.Length);
    }
}
