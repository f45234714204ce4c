using System.Globalization;

namespace Pyrite;

/// <summary>A table out of which a site is summed.</summary>
/// <param name="Site">The site.</param>
/// <param name="With">The other sites that the table has axes for.</param>
/// <param name="Plates">The plates whose entries have tables of their own.</param>
/// <param name="Numbers">How many numbers it has.</param>
public sealed record SummedTable(string Site, IReadOnlyList<string> With, IReadOnlyList<string> Plates, double Numbers)
{
    /// <summary>Site, others, plates and size.</summary>
    public override string ToString()
    {
        string others = With.Count == 0 ? "" : " x " + string.Join(" x ", With);
        string plates = Plates.Count == 0 ? "" : $" [{string.Join(", ", Plates)}]";
        return string.Create(CultureInfo.InvariantCulture, $"{Site}{others}{plates}: {Numbers:N0}");
    }
}
