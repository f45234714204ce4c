using System.Globalization;
using System.Text.Json.Serialization;

namespace Pyrite.Benchmarks.Harness;

/// <summary>One number of a report.</summary>
/// <param name="Name">Snake case, with the unit where it has one.</param>
/// <param name="Value">The number; a median where there are quartiles.</param>
/// <param name="Unit">The unit as people write it, and what was done.</param>
/// <param name="Spread">The quartiles of the number; null for what is counted or taken once.</param>
/// <param name="Cost">The quartiles of a unit of work in GFLOP of the peak beside it: what two runs are compared by. Null for what is no
/// time.</param>
/// <param name="IsDisturbed">Whether the machine was too busy to rely on it.</param>
internal sealed record Figure(string Name, double Value, string Unit, Quartiles? Spread = null, Quartiles? Cost = null, bool IsDisturbed = false)
{
    /// <summary>The value as it is printed, with the word that a reader must not miss.</summary>
    [JsonIgnore]
    public string Text => Readable(Value) + (IsDisturbed ? " disturbed" : "");

    /// <summary>The quartiles as they are printed.</summary>
    [JsonIgnore]
    public string SpreadText => Spread is { } spread ? $"{Readable(spread.Lower)} to {Readable(spread.Upper)}" : "";

    /// <summary>A number with three digits or more.</summary>
    public static string Readable(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("F1", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("F2", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("F3", CultureInfo.InvariantCulture),
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };
}
