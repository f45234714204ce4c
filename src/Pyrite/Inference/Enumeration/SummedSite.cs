using System.Globalization;

namespace Pyrite;

/// <summary>A discrete site that is summed out.</summary>
/// <param name="Name">The site's name.</param>
/// <param name="Values">How many values it has; of a sequential site the joint values over its plates.</param>
/// <param name="Plates">The plates around it, outermost first.</param>
/// <param name="IsSequential">Whether the model runs once for each value.</param>
public sealed record SummedSite(string Name, int Values, IReadOnlyList<string> Plates, bool IsSequential)
{
    /// <summary>Name, values and plates.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name} ({Values} values{(IsSequential ? ", one after the other" : "")}{(Plates.Count == 0 ? "" : ", in " + string.Join(", ", Plates))})");
}
