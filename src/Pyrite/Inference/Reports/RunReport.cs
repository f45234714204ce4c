using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Pyrite.Inference.Saving;
using Pyrite.Serialization;

namespace Pyrite.Inference.Reports;

/// <summary>A page that tells of a run: one file of HTML, which needs nothing from anywhere.</summary>
/// <remarks>Pictures are drawn by the page from the draws inside it, as 32-bit numbers; tables and sentences are plain HTML.</remarks>
/// <param name="title">What stands above.</param>
/// <param name="subtitle">What was run, in a line.</param>
internal sealed class RunReport(string title, string subtitle)
{
    private readonly StringBuilder body = new();
    private readonly ReportData data = new();

    /// <summary>Sentences that say what is wrong; where there are none, one that says so.</summary>
    public void AddAdvice(IReadOnlyList<string> advice, string otherwise)
    {
        body.Append("<section class=\"card\"><h2>Can it be trusted?</h2>\n");
        foreach (string sentence in advice)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"advice\">{Html(sentence)}</p>\n");
        }
        body.Append(advice.Count == 0 ? $"<p class=\"good\">{Html(otherwise)}</p>\n" : "").Append("</section>\n");
    }

    /// <summary>A table; the first of a row's cells is its name.</summary>
    public void AddTable(string heading, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        string name = Html(heading);
        body.Append(CultureInfo.InvariantCulture, $"<section class=\"card\"><h2>{name}</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" ");
        body.Append(CultureInfo.InvariantCulture, $"aria-label=\"{name}\"><table>\n<thead><tr>");
        foreach (string column in header)
        {
            body.Append(column.Length == 0 ? "<td></td>" : $"<th scope=\"col\">{Html(column)}</th>");
        }
        body.Append("</tr></thead><tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            body.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Html(row[0])}</th>");
            body.AppendJoin("", row.Skip(1).Select(cell => $"<td>{Html(cell)}</td>")).Append("</tr>\n");
        }
        body.Append("</tbody></table></div></section>\n");
    }

    /// <summary>The graph of a model.</summary>
    public void AddGraph(ModelGraph graph) => body.Append("<section class=\"card\"><h2>Model</h2><div class=\"scroll\" tabindex=\"0\" ")
        .Append("role=\"region\" ").Append("aria-label=\"Model\"><div class=\"graph\">").Append(graph.ToSvg()).Append("</div></div></section>\n");

    /// <summary>A picture.</summary>
    public void AddPicture(string name, byte[] png) => body.Append(CultureInfo.InvariantCulture,
        $"<section class=\"card\"><h2>{Html(name)}</h2><img class=\"picture\" alt=\"{Html(name)}\" src=\"data:image/png;base64,")
        .Append(Convert.ToBase64String(png)).Append("\"></section>\n");

    /// <summary>Draws, which the page draws traces, ranks, densities, intervals and pairs from.</summary>
    public void AddDraws(Draws draws, double[]? divergent)
    {
        string note = data.SetDraws(draws, divergent);
        body.Append(note.Length > 0 ? $"<p class=\"soft\">{Html(note.Trim())}</p>\n" : "").Append("<div id=\"draws\"></div>\n");
    }

    /// <summary>Data over draws from the fitted model.</summary>
    public void AddChecks(Draws predictive, IReadOnlyDictionary<string, Tensor> observed)
    {
        data.SetChecks(predictive, observed);
        body.Append("<section class=\"card\"><h2>Data over draws of the model</h2><div id=\"checks\"></div></section>\n");
    }

    /// <summary>The losses of variational inference.</summary>
    public void AddLosses(IReadOnlyList<double> losses)
    {
        data.SetLosses(losses);
        body.Append("<section class=\"card\"><h2>Loss</h2><div id=\"losses\"></div></section>\n");
    }

    /// <summary>Writes the page; an earlier one is replaced as a whole or not at all.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public void Save(string path)
    {
        string footer = $"Pyrite {FileVersion.Own}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}";
        string page = ReportTemplate.Fill(Html(title), Html(subtitle), Html(footer), body.ToString(), data.Json());
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(page));
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
