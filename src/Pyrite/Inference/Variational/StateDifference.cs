namespace Pyrite.Inference.Variational;

/// <summary>Says how named tensors differ in names, shapes or types.</summary>
internal static class StateDifference
{
    private const int MostShown = 12;

    /// <summary>A sentence that lists the differences, or null where there are none.</summary>
    public static string? Find(IReadOnlyDictionary<string, Tensor> present, IReadOnlyDictionary<string, Tensor> saved)
    {
        List<string> findings = [];
        Add(findings, "only in the file", saved.Keys.Where(name => !present.ContainsKey(name)));
        Add(findings, "only in this model", present.Keys.Where(name => !saved.ContainsKey(name)));
        Add(findings, "of another shape or type", present.Where(p => saved.TryGetValue(p.Key, out Tensor? s) && (s.Shape != p.Value.Shape || s.DType != p.Value.DType))
            .Select(p => $"{p.Key} (here {p.Value.DType} {p.Value.Shape}, in the file {saved[p.Key].DType} {saved[p.Key].Shape})"));
        return findings.Count == 0 ? null : $"it was saved by another model. Names {string.Join("; ", findings)}. Load it with the model and guide that it was saved with.";
    }

    private static void Add(List<string> findings, string what, IEnumerable<string> names)
    {
        string[] all = [.. names.Order(StringComparer.Ordinal)];
        if (all.Length > 0)
        {
            findings.Add($"{what}: {string.Join(", ", all.Take(MostShown))}{(all.Length > MostShown ? $", and {all.Length - MostShown} more" : "")}");
        }
    }
}
