namespace Pyrite.Inference.Potentials;

/// <summary>What a run has to say once: why it is slow, or what went wrong without stopping it.</summary>
internal sealed class RunMessages
{
    private readonly List<(string Kind, string Text)> notes = [];

    /// <summary>All that was said, in order.</summary>
    public IReadOnlyList<(string Kind, string Text)> All => notes;

    /// <summary>The texts of several chains, the first of each kind.</summary>
    public static IReadOnlyList<string> Merge(IEnumerable<(string Kind, string Text)> notes) =>
        [.. notes.DistinctBy(note => note.Kind).Select(note => note.Text)];

    /// <summary>Says something, unless the like has been said.</summary>
    /// <param name="kind">What it is about: of each kind the first is told, of all chains.</param>
    /// <param name="text">A sentence or more.</param>
    public void Add(string kind, string text)
    {
        if (!notes.Exists(note => note.Kind == kind))
        {
            notes.Add((kind, text));
        }
    }
}
