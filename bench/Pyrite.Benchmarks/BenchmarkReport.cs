using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Pyrite.Benchmarks;

/// <summary>The metrics of one run, in the order they were added; each is a row of the table and an entry of the JSON line.</summary>
internal sealed class BenchmarkReport(string name)
{
    private readonly List<(string Metric, double Value, string Unit)> rows = [];

    /// <summary>The value of a metric that was added.</summary>
    public double this[string metric] => rows.Single(row => row.Metric == metric).Value;

    /// <summary>Adds a metric: snake_case name with the unit where it has one, value, and the unit as people write it.</summary>
    public BenchmarkReport Add(string metric, double value, string unit = "")
    {
        rows.Add((metric, value, unit));
        return this;
    }

    /// <summary>The rows as a table with aligned columns.</summary>
    public string ToTable()
    {
        int width = rows.Max(row => row.Metric.Length);
        StringBuilder table = new();
        foreach ((string metric, double value, string unit) in rows)
        {
            table.Append($"{metric.PadRight(width)}  {Readable(value),14} {unit}".TrimEnd()).Append('\n');
        }

        return table.ToString();
    }

    /// <summary>One line: <c>{"name":…,"metrics":{…}}</c>; a value that is not finite is null.</summary>
    public string ToJson()
    {
        Dictionary<string, double?> metrics = rows.ToDictionary(row => row.Metric, row => double.IsFinite(row.Value) ? (double?)row.Value : null);
        return JsonSerializer.Serialize(new { name, metrics });
    }

    private static string Readable(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("F1", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("F3", CultureInfo.InvariantCulture),
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };
}
