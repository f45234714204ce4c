using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Pyrite.Posteriors;

/// <summary>The draws of a run, complete or not, with what its summary says.</summary>
/// <remarks>Of more than 100 numbers, or of more than 240,000 draws of all of them, a part is given and named; the summary is of all.</remarks>
internal static class PosteriorOfRun
{
    private const int MostScalars = 100;
    private const int MostNumbers = 240_000;

    /// <summary>JSON for the page; null where there is no draw yet.</summary>
    /// <param name="path">The beginning of the paths of its files.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static string? Read(string path)
    {
        (Draws Draws, Draws? Statistics, Summary Summary, bool IsComplete)? read =
            File.Exists(path + "_1.state") ? OfFiles(path) : OfCsv(path);
        if (read is not { } run)
        {
            return null;
        }
        bool isMarked = run.Statistics is not null && run.Statistics.Contains(SamplerColumns.Divergent);
        string[] names = [.. run.Draws.Variables.SelectMany(variable => variable.ScalarNames)], shown = [.. names.Take(MostScalars)];
        int every = Math.Max(1, (int)Math.Ceiling((double)shown.Length * run.Draws.Count / MostNumbers));
        Draws thin = every == 1 ? run.Draws : run.Draws.Thin(every);
        double[] marks = isMarked
            ? (every == 1 ? run.Statistics! : run.Statistics!.Thin(every)).Scalar(SamplerColumns.Divergent)
            : new double[thin.Count];
        return new JsonObject
        {
            ["chains"] = thin.Chains,
            ["draws"] = thin.DrawsPerChain,
            ["every"] = every,
            ["total"] = run.Draws.Count,
            ["allNames"] = names.Length,
            ["isComplete"] = run.IsComplete,
            ["names"] = Strings(shown),
            ["values"] = Strings(shown.Select(name => Base64(thin.Scalar(name)))),
            ["divergent"] = Convert.ToBase64String(Array.ConvertAll(marks, mark => (byte)(mark > 0 ? 1 : 0))),
            ["divergences"] = isMarked ? run.Statistics!.Scalar(SamplerColumns.Divergent).Count(mark => mark > 0) : 0,
            ["advice"] = Strings(run.Summary.Advice),
            ["quantiles"] = new JsonArray([.. run.Summary.Options.Quantiles.Select(share => (JsonNode)share)]),
            ["rows"] = new JsonArray([.. run.Summary.Rows.Select(Row)]),
        }.ToJsonString();
    }

    private static (Draws, Draws?, Summary, bool)? OfFiles(string path)
    {
        McmcResult result = McmcResult.Load(path);
        return result.HasDraws ? (result.Draws, result.Statistics, result.Summary(), result.IsComplete) : null;
    }

    private static (Draws, Draws?, Summary, bool)? OfCsv(string path)
    {
        CmdStanDraws read = CmdStanCsv.Load(path);
        return (read.Draws, read.Statistics, Summary.Of(read.Draws, read.Statistics), true);
    }

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static string Base64(double[] numbers) =>
        Convert.ToBase64String(MemoryMarshal.AsBytes<float>(Array.ConvertAll(numbers, number => (float)number)));

    private static JsonNode Row(SummaryRow row) => new JsonObject
    {
        ["name"] = row.Name,
        ["mean"] = Number(row.Mean),
        ["sd"] = Number(row.StandardDeviation),
        ["mcse"] = Number(row.McseMean),
        ["quantiles"] = new JsonArray([.. row.Quantiles.Select(Number)]),
        ["rHat"] = Number(row.RHat),
        ["bulk"] = Number(row.EssBulk),
        ["tail"] = Number(row.EssTail),
    };

    private static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
