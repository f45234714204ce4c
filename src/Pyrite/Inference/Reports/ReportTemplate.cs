using System.Text;
using System.Text.RegularExpressions;

namespace Pyrite.Inference.Reports;

/// <summary>The page that reports are written into: styles, the chart library and the scripts of the pages, all in one file.</summary>
internal static partial class ReportTemplate
{
    private const string Prefix = "report/";

    /// <summary>In the order in which they use each other.</summary>
    private static readonly string[] Modules = ["dom.js", "charts.js", "posterior.js", "report.js"];

    /// <summary>The page of some parts, each of which stands in it as it is.</summary>
    public static string Fill(string title, string subtitle, string footer, string body, string data) =>
        Place().Replace(Read("report.html"), place => place.Groups[1].Value switch
        {
            "title" => title,
            "subtitle" => subtitle,
            "footer" => footer,
            "body" => body,
            "data" => data,
            "style" => Read("page.css"),
            "d3" => Read("vendor/d3.min.js"),
            "plot" => Read("vendor/plot.min.js"),
            _ => string.Join('\n', Modules.Select(name => Joined().Replace(Read(name), ""))),
        });

    private static string Read(string name)
    {
        using Stream stream = typeof(ReportTemplate).Assembly.GetManifestResourceStream(Prefix + name)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("@(title|subtitle|footer|body|data|style|d3|plot|modules)(?![a-z0-9])")]
    private static partial Regex Place();

    /// <summary>What joins modules of several files, which here are one.</summary>
    [GeneratedRegex("^(import .*;\n|export )", RegexOptions.Multiline)]
    private static partial Regex Joined();
}
