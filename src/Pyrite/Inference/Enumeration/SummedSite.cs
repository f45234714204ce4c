using System.Globalization;

namespace Pyrite;

/// <summary>A discrete site that is summed out.</summary>
/// <param name="Name">The site's name.</param>
/// <param name="Values">How many values it has; of a sequential site the joint values over its plates.</param>
/// <param name="Plates">The plates around it, outermost first.</param>
/// <param name="IsSequential">Whether the model runs once for each value.</param>
public sealed record SummedSite(string Name, int Values, IReadOnlyList<string> Plates, bool IsSequential)
{
    /// <summary>How many rounds of a loop over time (<c>Scan.Over</c>) state it, each with a value of its own; 1 outside of loops.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Name, values, rounds and plates.</summary>
    public override string ToString()
    {
        string order = IsSequential ? ", one after the other" : "";
        string rounds = Rounds == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {Rounds} rounds");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Name} ({Values} values{order}{rounds}{(Plates.Count == 0 ? "" : ", in " + string.Join(", ", Plates))})");
    }
}
