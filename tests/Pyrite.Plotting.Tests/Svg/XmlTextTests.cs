using Pyrite.Plotting.Svg;

namespace Pyrite.Plotting.Tests.Svg;

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
        var svg = new SvgDocument(new LineChart { Title = title }.Add(title, [1, 2]).ToSvg());
        Assert.Equal(301, svg.Texts[^2].Length);
    }

    [Theory]
    [InlineData(0.004, "0")]
    [InlineData(-0.001, "0")]
    [InlineData(1234.567, "1234.57")]
    [InlineData(-1e7, "-10000000")]
    public void Numbers_have_two_decimals_and_no_exponent(double value, string expected) => Assert.Equal(expected, SvgNumber.Format(value));
}
