using Pyrite.Ops.Copies;

namespace Pyrite.Programs.Functions;

/// <summary>Issues the operations of a recording anew, its loops as scans.</summary>
internal sealed class RolledFunction
{
    private readonly RecordedFunction function;
    private readonly List<LoopRegion> loops;
    private readonly Tensor?[] results;
    private readonly List<RolledLoop> rolled = [];

    private RolledFunction(RecordedFunction function, List<LoopRegion> loops)
    {
        (this.function, this.loops) = (function, loops);
        results = new Tensor?[function.Nodes.Count];
    }

    /// <summary>The function with its loops as scans; null where it has none, or a value is read.</summary>
    /// <param name="recorder">What has recorded it.</param>
    /// <param name="outputs">Its results.</param>
    public static RolledFunction? TryOf(Recorder recorder, Tensor[] outputs) =>
        RecordedFunction.Of(recorder, outputs) is { } function && LoopFinder.Find(function) is { Count: > 0 } loops
            ? new RolledFunction(function, loops)
            : null;

    /// <summary>Issues the operations; gives the results.</summary>
    public Tensor[] Issue()
    {
        int next = 0;
        for (int node = 0; node < results.Length; node++)
        {
            if (next < loops.Count && loops[next].Start == node)
            {
                node = loops[next].End - 1;
                rolled.Add(new RolledLoop(function, this, loops[next++]));
                continue;
            }
            results[node] = JoinedRows(node) ?? IssueNode(node);
            if (function.CheckOf(node) is { } check)
            {
                StepCheck.Add(results[node]!, check.Subject, check.Part, ValueOf(node, check));
            }
        }
        return Array.ConvertAll(function.Outputs, TensorOf);
    }

    /// <summary>The tensor of a source.</summary>
    public Tensor TensorOf(int source)
    {
        if (source < 0)
        {
            return function.Outside[-1 - source];
        }
        return results[source] ??= LoopOf(source)!.Row(source);
    }

    /// <summary>What an operation reads, detached where no gradient flows.</summary>
    public Tensor InputOf(int node, int input)
    {
        Tensor tensor = TensorOf(function.Nodes[node].Inputs[input]);
        return function.Flows(node, input, out _) == false ? tensor.Detach() : tensor;
    }

    /// <summary>The value that a check looks at.</summary>
    public Tensor ValueOf(int node, in StepCheck check) =>
        function.SourcesOf(node)[^1] is var source && source == RecordedFunction.Elsewhere ? check.Value : TensorOf(source);

    /// <summary>Rows [T, ..] from one source for each round: taken from where they stand side by side, else put there.</summary>
    /// <param name="sources">The sources.</param>
    public Tensor RowsOf(ReadOnlySpan<int> sources)
    {
        List<Tensor> parts = [];
        for (int first = 0; first < sources.Length;)
        {
            int count = RunLength(sources[first..]);
            ReadOnlySpan<int> run = sources.Slice(first, count);
            parts.Add(LoopOf(run[0])?.RowsOf(run) ?? SlicesOf(run) ?? Stack(run));
            first += count;
        }
        return parts.Count == 1 ? parts[0] : Tensor.Concat([.. parts]);
    }

    /// <summary>How many sources belong together: the results of one operation in rounds of a loop that follow each other, forwards or backwards; or
    /// all until the next such stretch.</summary>
    private int RunLength(ReadOnlySpan<int> sources)
    {
        int count = 1;
        if (LoopOf(sources[0]) is not { } loop)
        {
            while (count < sources.Length && LoopOf(sources[count]) is null)
            {
                count++;
            }
            return count;
        }
        int step = sources.Length > 1 ? sources[1] - sources[0] : 0;
        while (count < sources.Length && Math.Abs(step) == loop.Period && sources[count] - sources[count - 1] == step && loop.Holds(sources[count]))
        {
            count++;
        }
        return count;
    }

    /// <summary>Rows that are neighbouring slices of one tensor.</summary>
    private Tensor? SlicesOf(ReadOnlySpan<int> sources)
    {
        foreach (int source in sources)
        {
            if (source < 0 || LoopOf(source) is not null)
            {
                return null;
            }
        }
        RecordedNode first = function.Nodes[sources[0]];
        if (first.IsAlias && first.Inputs.Length == 1 && first.Name == "reshape")
        {
            int[] inner = new int[sources.Length];
            for (int i = 0; i < inner.Length; i++)
            {
                RecordedNode node = function.Nodes[sources[i]];
                if (!node.DoesSame(first) || function.Flows(sources[i], 0, out _) == false
                    || function.SpecOf(node.Inputs[0]) != function.SpecOf(first.Inputs[0]))
                {
                    return null;
                }
                inner[i] = node.Inputs[0];
            }
            return Array.TrueForAll(inner, source => source >= 0) ? SlicesOf(inner)?.Reshape([sources.Length, .. first.Spec.Shape]) : null;
        }
        if (first.Boxed is not StridedCopyOperation start)
        {
            return null;
        }
        StridedCopyOperation[] copies = new StridedCopyOperation[sources.Length];
        for (int i = 0; i < copies.Length; i++)
        {
            RecordedNode node = function.Nodes[sources[i]];
            if (node.Boxed is not StridedCopyOperation copy || !start.WalksAlike(copy) || node.Inputs[0] != first.Inputs[0]
                || function.Flows(sources[i], 0, out _) == false)
            {
                return null;
            }
            copies[i] = copy;
        }
        return MovedSlices.TryOf(TensorOf(first.Inputs[0]), copies);
    }

    private Tensor Stack(ReadOnlySpan<int> sources)
    {
        Tensor[] parts = new Tensor[sources.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            Tensor part = TensorOf(sources[i]);
            parts[i] = part.IsWeak ? part.To(function.SpecOf(sources[i]).DType) : part;
        }
        return Tensor.Stack(parts);
    }

    private RolledLoop? LoopOf(int source) => source < 0 ? null : rolled.Find(loop => loop.Holds(source));

    private Tensor IssueNode(int node)
    {
        Tensor[] inputs = new Tensor[function.Nodes[node].Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = InputOf(node, i);
        }
        return function.Nodes[node].Issue(inputs);
    }

    /// <summary>A stack of what the rounds of a loop have made, as the rows that stand side by side already; null for any other operation.</summary>
    private Tensor? JoinedRows(int node)
    {
        RecordedNode operation = function.Nodes[node];
        if (operation.Boxed is not Tensor.ConcatOperation { Axis: 0 } || operation.Inputs.Length < 2)
        {
            return null;
        }
        for (int input = 0; input < operation.Inputs.Length; input++)
        {
            Shape part = function.SpecOf(operation.Inputs[input]).Shape;
            if (part[0] != 1 || function.SpecOf(operation.Inputs[input]) != function.SpecOf(operation.Inputs[0])
                || function.Flows(node, input, out _) == false)
            {
                return null;
            }
        }
        return Array.Exists(operation.Inputs, input => LoopOf(input) is not null) ? RowsOf(operation.Inputs).Reshape(operation.Spec.Shape) : null;
    }
}
