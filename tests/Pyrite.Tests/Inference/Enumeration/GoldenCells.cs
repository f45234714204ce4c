using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Tests.Enumeration;

/// <summary>Where a cell of a golden site is in the program: the axes of plates stay, all others are sites of their own, <c>z_3</c>.</summary>
internal sealed class GoldenCells
{
    private readonly JsonElement site;
    private readonly int plates;

    public GoldenCells(GoldenCase c, string name)
    {
        site = c.Json.GetProperty("sites").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
        Name = name;
        Shape = site.GetProperty("shape").Integers();
        plates = site.GetProperty("plates").GetArrayLength();
        Support = site.GetProperty("support").GetInt32();
        IsPartlyKnown = c.Kind == "semi_supervised";
    }

    public string Name { get; }

    public int[] Shape { get; }

    public int Support { get; }

    /// <summary>Whether the program observes a part of the site's entries.</summary>
    public bool IsPartlyKnown { get; }

    /// <summary>How many cells there are.</summary>
    public int Count => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Whether the cell exists and is latent.</summary>
    public bool IsLatent(int cell) =>
        (site.Optional("valid")?.Values().Data[cell] ?? 1) != 0 && (site.Optional("observed")?.Values().Data[cell] ?? -1) < 0;

    /// <summary>The site of the program, and the entry of its batch.</summary>
    public (string Site, int Entry) Of(int cell)
    {
        int[] place = new int[Shape.Length];
        for (int axis = place.Length - 1; axis >= 0; axis--)
        {
            (cell, place[axis]) = Math.DivRem(cell, Shape[axis]);
        }
        int entry = 0;
        for (int axis = 0; axis < plates; axis++)
        {
            entry = (entry * Shape[axis]) + place[axis];
        }
        string name = string.Join("_", place.Skip(plates).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).Prepend(Name));
        return (IsPartlyKnown ? name + "_unobserved" : name, entry);
    }

    /// <summary>The cell of a name such as <c>z[0, 2]</c>.</summary>
    public static (GoldenCells Cells, int Cell) Find(GoldenCase c, string text)
    {
        string[] parts = text.TrimEnd(']').Split('[');
        GoldenCells cells = new(c, parts[0]);
        int cell = 0;
        if (parts.Length > 1)
        {
            int[] place = [.. parts[1].Split(',').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
            for (int axis = 0; axis < place.Length; axis++)
            {
                cell = (cell * cells.Shape[axis]) + place[axis];
            }
        }
        return (cells, cell);
    }
}
