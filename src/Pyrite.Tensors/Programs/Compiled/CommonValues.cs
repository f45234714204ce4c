namespace Pyrite.Programs.Compiled;

/// <summary>Which operations of a program compute the same: those with the same attributes on the same values.</summary>
/// <param name="program">The program.</param>
/// <param name="nameOf">What stands for a source; sources with one name have one value.</param>
internal sealed class CommonValues(RecordedProgram program, Func<int, int> nameOf)
{
    private readonly Dictionary<NodeKey, int> known = [];

    /// <summary>The first operation asked for that computes the same as one; itself where none does.</summary>
    public int FirstLike(int node)
    {
        RecordedNode operation = program.Node(node);
        NodeKey key = new(operation.Boxed, operation.Spec, Array.ConvertAll(operation.Inputs, input => (nameOf(input), program.SpecOf(input).Shape)));
        return known.TryAdd(key, node) ? node : known[key];
    }
}
