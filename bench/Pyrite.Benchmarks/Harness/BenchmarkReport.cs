using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks.Harness;

/// <summary>The figures of one benchmark, in the order they were added; each is a row of the table and an entry of the JSON line.</summary>
internal sealed class BenchmarkReport(string name)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    private readonly List<Figure> figures = [];

    /// <summary>The benchmark's name.</summary>
    public string Name => name;

    /// <summary>All figures.</summary>
    public IReadOnlyList<Figure> Figures => figures;

    /// <summary>A figure that was added; null if there is none of this name.</summary>
    public Figure? Find(string figure) => figures.Find(one => one.Name == figure);

    /// <summary>Adds a number without quartiles: what was counted, or taken once.</summary>
    public BenchmarkReport Add(string figure, double value, string unit = "", bool isDisturbed = false) =>
        Add(new Figure(figure, value, unit, IsDisturbed: isDisturbed));

    /// <summary>Adds the time of a unit of work.</summary>
    /// <param name="figure">The figure's name.</param>
    /// <param name="measured">The slices.</param>
    /// <param name="scale">What makes the printed unit out of seconds.</param>
    /// <param name="unit">The printed unit, and what was done.</param>
    public BenchmarkReport AddTime(string figure, Measured measured, double scale, string unit) =>
        Add(figure, measured, measured.Seconds.Times(scale), unit);

    /// <summary>Adds what was done in a second.</summary>
    /// <param name="figure">The figure's name.</param>
    /// <param name="measured">The slices.</param>
    /// <param name="amount">How much a unit of work is.</param>
    /// <param name="unit">The printed unit, and what was done.</param>
    public BenchmarkReport AddRate(string figure, Measured measured, double amount, string unit) =>
        Add(figure, measured with { Cost = measured.Cost.Times(1 / amount) }, measured.Seconds.Into(amount), unit);

    /// <summary>Adds the share of the peak. More than all of the peak cannot be: such a share is called disturbed whatever its slices say.</summary>
    /// <param name="figure">The figure's name.</param>
    /// <param name="measured">The slices.</param>
    /// <param name="operations">Floating-point operations of a unit of work.</param>
    /// <param name="unit">What was done.</param>
    public BenchmarkReport AddShare(string figure, Measured measured, double operations, string unit = "")
    {
        Quartiles share = measured.Share(operations);
        return Add(figure, measured with { IsDisturbed = measured.IsDisturbed || share.Median > 1 }, share, unit);
    }

    /// <summary>Adds the share on all threads, that on one thread, and the share of the threads that the second adds.</summary>
    public BenchmarkReport AddShares(string figure, (Measured One, Measured All) measured, double operations) =>
        AddShare($"{figure}_share", measured.All, operations, "all threads").AddShare($"{figure}_one_thread_share", measured.One, operations)
            .AddRatio($"{figure}_parallel_efficiency", measured.One, measured.All, 1.0 / WorkerPool.ThreadCount, most: 1);

    /// <summary>Adds how many times longer one work takes than another.</summary>
    /// <param name="figure">The figure's name.</param>
    /// <param name="long">The work above the line.</param>
    /// <param name="short">The work below it.</param>
    /// <param name="factor">A factor of the ratio.</param>
    /// <param name="unit">What was done.</param>
    /// <param name="most">What the ratio can be at most; more is called disturbed.</param>
    public BenchmarkReport AddRatio(
        string figure, Measured @long, Measured @short, double factor = 1, string unit = "", double most = double.PositiveInfinity)
    {
        double ratio = factor * @long.Seconds.Median / @short.Seconds.Median;
        return Add(figure, ratio, unit, @long.IsDisturbed || @short.IsDisturbed || ratio > most);
    }

    /// <summary>Adds the figures of another report; of those that are here already, such as the peak's, the first count.</summary>
    public BenchmarkReport Add(BenchmarkReport other)
    {
        figures.AddRange(other.Figures.Where(one => Find(one.Name) is null));
        return this;
    }

    /// <summary>The figures as a table with aligned columns.</summary>
    public string ToTable()
    {
        int name = figures.Max(one => one.Name.Length), value = figures.Max(one => one.Text.Length);
        int spread = figures.Max(one => one.SpreadText.Length);
        StringBuilder table = new();
        foreach (Figure one in figures)
        {
            string row = $"{one.Name.PadRight(name)}  {one.Text.PadRight(value)}  {one.SpreadText.PadRight(spread)}  {one.Unit}";
            table.Append(row.TrimEnd()).Append('\n');
        }
        return table.ToString();
    }

    /// <summary>The figures as a table of a Markdown document; the peak's only where there are no others.</summary>
    public string ToMarkdown()
    {
        StringBuilder table = new("| figure | median | quartiles | |\n|---|---|---|---|\n");
        Figure[] others = [.. figures.Where(one => !one.Name.StartsWith(PeakRate.Prefix, StringComparison.Ordinal))];
        foreach (Figure one in others.Length > 0 ? others : [.. figures])
        {
            string row = $"| `{one.Name}` | {one.Text.Replace("disturbed", "*disturbed*")} | {one.SpreadText} | {one.Unit} |\n";
            table.Append(row);
        }
        return table.ToString();
    }

    /// <summary>One line for people's own tools: the value of each figure (null where it is not finite), and the names of those that are
    /// disturbed.</summary>
    public string ToLine() => new JsonObject
    {
        ["name"] = name,
        ["metrics"] = new JsonObject(
            figures.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Name, double.IsFinite(one.Value) ? JsonValue.Create(one.Value) : null))),
        ["disturbed"] = new JsonArray([.. figures.Where(one => one.IsDisturbed).Select(one => (JsonNode)one.Name)]),
    }.ToJsonString();

    /// <summary>All that is known of the figures.</summary>
    public JsonNode ToJson() => JsonSerializer.SerializeToNode(new { name, figures }, Format)!;

    /// <summary>A report from what <see cref="ToJson"/> wrote.</summary>
    public static BenchmarkReport FromJson(JsonElement json)
    {
        BenchmarkReport report = new(json.GetProperty("name").GetString()!);
        foreach (Figure one in json.GetProperty("figures").Deserialize<Figure[]>(Format)!)
        {
            report.Add(one);
        }
        return report;
    }

    private BenchmarkReport Add(string figure, Measured measured, Quartiles spread, string unit) =>
        Add(new Figure(figure, spread.Median, unit, spread, measured.Cost, measured.IsDisturbed));

    private BenchmarkReport Add(Figure figure)
    {
        figures.Add(figure);
        return this;
    }
}
