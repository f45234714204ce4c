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
        body.Append("<section><h2>Can it be trusted?</h2>\n");
        foreach (string sentence in advice)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"advice\">{Html(sentence)}</p>\n");
        }
        body.Append(advice.Count == 0 ? $"<p class=\"good\">{Html(otherwise)}</p>\n" : "").Append("</section>\n");
    }

    /// <summary>A table; the first of a row's cells is its name.</summary>
    public void AddTable(string heading, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        body.Append(CultureInfo.InvariantCulture, $"<section><h2>{Html(heading)}</h2><div class=\"scroll\"><table>\n<tr>");
        foreach (string name in header)
        {
            body.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Html(name)}</th>");
        }
        body.Append("</tr>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            body.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Html(cell)}</td>")).Append("</tr>\n");
        }
        body.Append("</table></div></section>\n");
    }

    /// <summary>The graph of a model.</summary>
    public void AddGraph(ModelGraph graph) =>
        body.Append("<section><h2>Model</h2><div class=\"scroll\"><div class=\"graph\">").Append(graph.ToSvg()).Append("</div></div></section>\n");

    /// <summary>Draws, which the page draws traces, ranks, densities, intervals and pairs from.</summary>
    public void AddDraws(Draws draws, double[]? divergent)
    {
        string note = data.SetDraws(draws, divergent);
        body.Append("<section><h2>One number</h2><p><label>Show <select id=\"number\"></select></label></p>\n");
        body.Append("<div id=\"trace\"></div><div id=\"ranks\"></div><div id=\"density\"></div>\n");
        body.Append("<p class=\"soft\">A colour is a chain. Chains that agree look like the same noise, and have flat ranks. Marks at the bottom ");
        body.Append(CultureInfo.InvariantCulture, $"are divergent transitions.{Html(note)}</p></section>\n");
        body.Append("<section><h2>Intervals</h2><p><label>Show <select id=\"quantity\"></select></label></p><div id=\"forest\"></div>\n");
        body.Append("<p class=\"soft\">Medians with the middle 50 % and 90 % of the draws.</p></section>\n");
        body.Append("<section><h2>Two numbers</h2><p><label>Across <select id=\"across\"></select></label>");
        body.Append("<label>Up <select id=\"up\"></select></label></p><div id=\"pair\"></div></section>\n");
    }

    /// <summary>Data over draws from the fitted model.</summary>
    public void AddChecks(Draws predictive, IReadOnlyDictionary<string, Tensor> observed)
    {
        data.SetChecks(predictive, observed);
        body.Append("<section><h2>Data over draws of the model</h2><p><label>Show <select id=\"site\"></select></label></p>");
        body.Append("<div id=\"check\"></div>\n");
        body.Append("<p class=\"soft\">The dark line is the data, each pale one a data set that the fitted model made.</p></section>\n");
    }

    /// <summary>The losses of variational inference.</summary>
    public void AddLosses(IReadOnlyList<double> losses)
    {
        data.SetLosses(losses);
        body.Append("<section><h2>Loss</h2><div id=\"losses\"></div></section>\n");
    }

    /// <summary>Writes the page; an earlier one is replaced as a whole or not at all.</summary>
    public void Save(string path)
    {
        string footer = $"Pyrite {FileVersion.Own}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}";
        string page = Template().Replace("@title", Html(title), StringComparison.Ordinal)
            .Replace("@subtitle", Html(subtitle), StringComparison.Ordinal).Replace("@footer", Html(footer), StringComparison.Ordinal);
        int at = page.IndexOf("@body", StringComparison.Ordinal);
        page = string.Concat(page.AsSpan(0, at), body.ToString(), page.AsSpan(at + "@body".Length));
        at = page.LastIndexOf("@data", StringComparison.Ordinal);
        page = string.Concat(page.AsSpan(0, at), data.Json(), page.AsSpan(at + "@data".Length));
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(page));
    }

    /// <summary>A text as it may stand in a page, without the sign that marks places of the template.</summary>
    private static string Html(string text) => WebUtility.HtmlEncode(text).Replace("@", "&#64;", StringComparison.Ordinal);

    private static string Template()
    {
        using Stream stream = typeof(RunReport).Assembly.GetManifestResourceStream("report.html")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
