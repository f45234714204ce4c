using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>The gradient graph of a step, made only where somebody walks it, and the calls for gradients that need not walk it again.</summary>
internal sealed class StepGradients(Recorder recorder, StepResults results)
{
    private int built;

    /// <summary>Begins a step.</summary>
    public void Begin() => built = 0;

    /// <summary>The gradients of an earlier step's call that equals this one; null if there is none.</summary>
    /// <param name="output">What is differentiated.</param>
    /// <param name="variables">The wanted variables.</param>
    /// <param name="keepsGraph">Whether the gradients are tracked themselves.</param>
    /// <param name="namesParameters">Whether parameters that are not wanted are to be listed.</param>
    public Tensor?[]? Replay(Tensor output, ReadOnlySpan<Tensor> variables, bool keepsGraph, bool namesParameters)
    {
        if (!recorder.IsReplaying || !results.Stream!.Gradients.TryGetValue(results.Count, out RecordedGradient? call)
            || call.KeepsGraph != keepsGraph
            || call.Default != Precision.Default || call.Output != History.Of(output, recorder)
            || !call.Wants(variables, results.Outside, recorder, namesParameters))
        {
            return null;
        }
        results.Extend(call.End);
        Tensor?[] gradients = new Tensor?[variables.Length];
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i] = call.Results[i] < 0 ? null : results[call.Results[i]];
        }
        return gradients;
    }

    /// <summary>Where a call for gradients begins.</summary>
    public (int Start, int OutsideCount) Mark() => (results.Count, results.Outside.Count);

    /// <summary>Notes a call for gradients whose operations have just been issued, if it depends on nothing but this stream.</summary>
    public void Note((int Start, int OutsideCount) mark, Tensor output, ReadOnlySpan<Tensor> variables, bool keepsGraph,
        ReadOnlySpan<Tensor?> gradients)
    {
        if (results.Stream is { } stream && recorder.IsUncutSince(mark.Start) && results.Outside.Count == mark.OutsideCount
            && stream.FirstForeign >= results.Count
            && RecordedGradient.Of((mark.Start, results.Count), output, variables, keepsGraph, gradients, results.Outside, recorder) is { } call)
        {
            stream.Gradients[mark.Start] = call;
        }
    }

    /// <summary>The vertex of the gradient graph that belongs to an operation of the step.</summary>
    public GradientNode NodeOf(int index)
    {
        if (index >= built)
        {
            BuildNodes();
        }
        return results[index].Node!;
    }

    /// <summary>Makes the gradient graph of all operations so far, in their order.</summary>
    public void BuildNodes()
    {
        for (int end = results.Count; built < end; built++)
        {
            RecordedNode node = results.Stream!.Nodes[built];
            if (node.Histories is { } histories && results[built] is { IsDeferred: true } output)
            {
                Tensor[] inputs = new Tensor[histories.Length];
                for (int i = 0; i < inputs.Length; i++)
                {
                    inputs[i] = WithHistory(results.Source(node.Inputs[i]), histories[i]);
                }
                output.Track(built, node.GradientNode(inputs, output));
            }
        }
    }

    /// <summary>The vertex of the operation that comes next, after those of all operations before.</summary>
    public GradientNode BuildNode(RecordedNode node, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        BuildNodes();
        return node.GradientNode(inputs.ToArray(), output);
    }

    /// <summary>The tensor itself, or the same value with the history that the gradient graph shall see.</summary>
    private Tensor WithHistory(Tensor tensor, int history)
    {
        if (History.Of(tensor, recorder) == history)
        {
            return tensor;
        }
        Tensor twin = tensor.Twin();
        if (history >= 0)
        {
            twin.Track(history, results[history].Node);
        }
        return twin;
    }
}
