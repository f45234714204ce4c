namespace Pyrite.Programs.Scans;

/// <summary>An operation of a recorded body.</summary>
/// <param name="Operation">What it does, and the sources that it reads.</param>
/// <param name="Histories">For each input the source whose gradient history it has, which is not the one it reads where the recording detached or
/// converted it; <see cref="Detached"/> for none.</param>
/// <remarks>A source of 0 or more is the result of that node of the body, a negative one what is given at place -1 - source.</remarks>
internal sealed record BodyNode(RecordedNode Operation, int[] Histories)
{
    /// <summary>Stands for no history.</summary>
    public const int Detached = int.MinValue;

    /// <summary>Issues an operation for each node, on given tensors.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="given">What they are given.</param>
    /// <returns>The result of each node.</returns>
    public static Tensor[] Issue(BodyNode[] nodes, Tensor[] given)
    {
        Tensor[] results = new Tensor[nodes.Length];
        Tensor[] inputs = [];
        for (int i = 0; i < nodes.Length; i++)
        {
            int[] sources = nodes[i].Operation.Inputs;
            if (inputs.Length != sources.Length)
            {
                inputs = new Tensor[sources.Length];
            }
            for (int k = 0; k < sources.Length; k++)
            {
                inputs[k] = WithHistory(Find(sources[k], results, given), sources[k], nodes[i].Histories[k], results, given);
            }
            results[i] = nodes[i].Operation.Issue(inputs);
        }
        return results;
    }

    /// <summary>The tensor of a source.</summary>
    public static Tensor Find(int source, Tensor[] results, Tensor[] given) => source < 0 ? given[-1 - source] : results[source];

    private static Tensor WithHistory(Tensor tensor, int source, int history, Tensor[] results, Tensor[] given)
    {
        if (history == source || !tensor.DType.IsFloatingPoint)
        {
            return tensor;
        }
        if (history == Detached)
        {
            return tensor.Detach();
        }
        Tensor shown = tensor.Untracked();
        shown.TakeHistory(Find(history, results, given));
        return shown;
    }

    /// <summary>Whether another node does the same.</summary>
    public bool IsSame(BodyNode other) => Operation.IsSame(other.Operation) && Histories.AsSpan().SequenceEqual(other.Histories);
}
