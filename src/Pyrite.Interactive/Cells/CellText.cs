using System.Globalization;
using System.Net;
using System.Text;

namespace Pyrite.Cells;

/// <summary>The HTML of one cell of a notebook: tables, sentences, pictures. Styles stand in the elements, because readers of notebooks drop style
/// sheets; colours are those of the notebook, light or dark.</summary>
internal sealed class CellText
{
    private const string Rule = "1px solid rgba(128,128,128,.35)";
    private const string Tabular = "border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.3em 0";
    private const string Padding = "padding:.15em .7em";

    private readonly StringBuilder html = new("<div>");

    /// <summary>What a cell is about, in bold.</summary>
    public void Heading(string text) => html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:.3em 0\"><strong>{Html(text)}</strong></p>");

    /// <summary>A sentence in the tone of a remark.</summary>
    public void Remark(string text) => html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:.3em 0;opacity:.75\">{Html(text)}</p>");

    /// <summary>A sentence that should be read.</summary>
    public void Advice(string text) =>
        html.Append(CultureInfo.InvariantCulture,
            $"<p style=\"margin:.3em 0;padding:.2em .7em;border-left:3px solid #e08700\">{Html(text)}</p>");

    /// <summary>Text in columns of its own.</summary>
    public void Columns(string text) =>
        html.Append(CultureInfo.InvariantCulture, $"<pre style=\"margin:.3em 0;overflow-x:auto\">{Html(text.TrimEnd())}</pre>");

    /// <summary>A table; the first of a row's cells is its name.</summary>
    /// <param name="header">What stands above the columns; null for nothing.</param>
    /// <param name="rows">As many cells each as the header.</param>
    /// <param name="isText">Whether cells are words, which stand at the left, in place of numbers.</param>
    public void Table(IReadOnlyList<string>? header, IEnumerable<IReadOnlyList<string>> rows, bool isText = false)
    {
        string side = isText ? "left" : "right";
        html.Append(CultureInfo.InvariantCulture, $"<div style=\"overflow-x:auto\"><table style=\"{Tabular}\">");
        if (header is not null)
        {
            html.Append("<thead><tr>");
            for (int i = 0; i < header.Count; i++)
            {
                Cell("th scope=\"col\"", i == 0 ? "left" : side, header[i]);
            }
            html.Append("</tr></thead>");
        }
        html.Append("<tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            html.Append("<tr>");
            for (int i = 0; i < row.Count; i++)
            {
                Cell(i == 0 ? "th scope=\"row\"" : "td", i == 0 ? "left" : side, row[i]);
            }
            html.Append("</tr>");
        }
        html.Append("</tbody></table></div>");
    }

    /// <summary>A picture inside the page.</summary>
    /// <param name="type">The media type of the bytes.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="width">How many pixels of the page it is wide, unless the page has fewer.</param>
    /// <param name="name">What it shows, for readers that cannot see it.</param>
    public void Picture(string type, byte[] bytes, int width, string name) => html.Append(CultureInfo.InvariantCulture,
        $"<img src=\"data:{type};base64,{Convert.ToBase64String(bytes)}\" alt=\"{Html(name)}\" width=\"{width}\" style=\"max-width:100%\" />");

    /// <inheritdoc/>
    public override string ToString() => html + "</div>";

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private void Cell(string element, string side, string text)
    {
        string end = element.Split(' ')[0];
        html.Append(CultureInfo.InvariantCulture, $"<{element} style=\"text-align:{side};{Padding};border-bottom:{Rule}\">{Html(text)}</{end}>");
    }
}
