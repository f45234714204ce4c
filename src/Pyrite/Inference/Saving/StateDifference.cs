namespace Pyrite.Inference.Saving;

/// <summary>Says how named tensors differ in names, shapes or types.</summary>
internal static class StateDifference
{
    private const int MostShown = 12;

    /// <summary>A sentence that lists the differences, or null where there are none.</summary>
    public static string? Find(IReadOnlyDictionary<string, Tensor> present, IReadOnlyDictionary<string, Tensor> saved) =>
        Find(Look(present), Look(saved));

    /// <summary>The same for anything whose look is told in words.</summary>
    public static string? Find(IReadOnlyDictionary<string, string> present, IReadOnlyDictionary<string, string> saved)
    {
        List<string> findings = [];
        Add(findings, "only in the file", saved.Keys.Where(name => !present.ContainsKey(name)));
        Add(findings, "only in this model", present.Keys.Where(name => !saved.ContainsKey(name)));
        Add(findings, "of another shape or type", present.Where(p => saved.TryGetValue(p.Key, out string? s) && s != p.Value)
            .Select(p => $"{p.Key} (here {p.Value}, in the file {saved[p.Key]})"));
        return findings.Count == 0
            ? null
            : $"it was saved by another model. Names {string.Join("; ", findings)}. Load it with what it was saved with.";
    }

    private static Dictionary<string, string> Look(IReadOnlyDictionary<string, Tensor> tensors) =>
        tensors.ToDictionary(t => t.Key, t => $"{t.Value.DType} {t.Value.Shape}");

    private static void Add(List<string> findings, string what, IEnumerable<string> names)
    {
        string[] all = [.. names.Order(StringComparer.Ordinal)];
        if (all.Length > 0)
        {
            findings.Add($"{what}: {string.Join(", ", all.Take(MostShown))}{(all.Length > MostShown ? $", and {all.Length - MostShown} more" : "")}");
        }
    }
}
