using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Creation;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Functions;

/// <summary>Tells which operations of a recording may be the same one of two rounds.</summary>
internal static class OperationClasses
{
    /// <summary>For each operation a number that like ones share: they do the same to other inputs, where copies may begin elsewhere and fills have
    /// another number. Arguments are like no other operation.</summary>
    /// <param name="nodes">The operations.</param>
    /// <param name="areDrawsAlike">Whether draws are like each other; else each is like no other operation.</param>
    public static int[] Of(IReadOnlyList<RecordedNode> nodes, bool areDrawsAlike)
    {
        Dictionary<RecordedNode, int> known = new(new Likeness());
        int[] numbers = new int[nodes.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            bool isOwn = nodes[i].Boxed is ArgumentOperation || (!areDrawsAlike && nodes[i].Boxed is IVaryingOperation and not FillOperation);
            numbers[i] = isOwn ? -1 - i : known.TryGetValue(nodes[i], out int number) ? number : known[nodes[i]] = known.Count;
        }
        return numbers;
    }

    private sealed class Likeness : IEqualityComparer<RecordedNode>
    {
        public bool Equals(RecordedNode? x, RecordedNode? y) => x!.Inputs.Length == y!.Inputs.Length && x.Spec == y.Spec
            && (x.DoesSame(y) || (x.Boxed is StridedCopyOperation a && y.Boxed is StridedCopyOperation b && a.WalksAlike(b)));

        public int GetHashCode(RecordedNode node) => HashCode.Combine(node.Name, node.Spec, node.Inputs.Length);
    }
}
