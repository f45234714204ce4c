using System.Security;
using System.Text;
using System.Xml;

namespace Pyrite.Inspection.Diagrams;

/// <summary>Text made fit for XML.</summary>
internal static class XmlText
{
    /// <summary>The text with &lt;, &gt;, &amp; and quotes escaped; characters that XML forbids become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text, i++, 2);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return SecurityElement.Escape(clean.ToString());
    }
}
