using System.Text;
using Pyrite.Text;

namespace Pyrite.Language.Sites;

/// <summary>Prints the shapes of a trace as an aligned table: one row for each distribution, value and log-density.</summary>
internal static class TraceShapeTable
{
    /// <summary>The table, batch shapes left and event shapes right of the bar.</summary>
    public static string Format(Trace trace)
    {
        List<(string Name, string What, string Batch, string Event)> rows = [];
        foreach (Site site in trace.Sites)
        {
            switch (site)
            {
                case SampleSite sample:
                    rows.Add(
                        (sample.Name, sample.IsObserved ? "observed" : "latent", Sizes(sample.Distribution.BatchShape),
                            Sizes(sample.Distribution.EventShape)));
                    if (sample.HasValue)
                    {
                        int eventRank = Math.Min(sample.Distribution.EventShape.Rank, sample.Value.Rank);
                        rows.Add(("", "value", Sizes(sample.Value.Shape[..^eventRank]), Sizes(sample.Value.Shape[^eventRank..])));
                    }
                    rows.Add(("", "log-prob", LogProbShape(sample), ""));
                    break;
                case ParamSite param:
                    rows.Add((param.Name, "param", "", param.HasValue ? Sizes(param.Value.Shape) : "?"));
                    break;
                case ModuleSite module:
                    foreach ((string path, Parameter parameter) in module.NamedParameters)
                    {
                        rows.Add(($"{module.Name}.{path}", "param", "", Sizes(parameter.Shape)));
                    }
                    break;
                case PlateSite plate:
                    rows.Add((plate.Name, "plate", $"{plate.SubsampleSize}", ""));
                    break;
                case DeterministicSite result:
                    rows.Add((result.Name, "deterministic", Sizes(result.BatchShape), Sizes(result.EventShape)));
                    break;
                default:
                    rows.Add((site.Name, "site", "", ""));
                    break;
            }
        }
        if (rows.Count == 0)
        {
            return "Trace shapes: no sites.";
        }
        int name = rows.Max(r => r.Name.Length);
        int what = rows.Max(r => r.What.Length);
        int batch = rows.Max(r => r.Batch.Length);
        StringBuilder text = new("Trace shapes (batch | event):");
        foreach ((string Name, string What, string Batch, string Event) row in rows)
        {
            text.Append('\n').Append("  ").Append(row.Name.PadRight(name)).Append("  ").Append(row.What.PadRight(what)).Append("  ")
                .Append(row.Batch.PadLeft(batch)).Append(" | ").Append(row.Event);
        }
        return text.ToString();
    }

    private static string Sizes(Shape shape) => NumberList.Text(shape.Sizes.ToArray(), " ");

    private static string LogProbShape(SampleSite site)
    {
        try
        {
            return Sizes(site.LogProb().Shape);
        }
        catch (ModelException)
        {
            return "error";
        }
    }
}
