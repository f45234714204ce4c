using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>The gradient graph of a step, made only where somebody walks it, and the calls for gradients that need not walk it again.</summary>
internal sealed class StepGradients(Recorder recorder, StepResults results) : IStepGradients
{
    private int built;

    /// <summary>Begins a step.</summary>
    public void Begin() => built = 0;

    /// <inheritdoc/>
    public Tensor?[]? Replay(Tensor output, ReadOnlySpan<Tensor> variables, bool keepsGraph, bool namesParameters)
    {
        if (!recorder.IsReplaying || !results.Stream!.Gradients.TryGetValue(results.Count, out RecordedGradient? call)
            || call.KeepsGraph != keepsGraph
            || call.Default != Precision.Default || call.Output != GradientTarget.Of(output, recorder)
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

    /// <inheritdoc/>
    public (int Start, int OutsideCount) StartCall() => (results.Count, results.Outside.Count);

    /// <inheritdoc/>
    public void Remember((int Start, int OutsideCount) call, Tensor output, ReadOnlySpan<Tensor> variables, bool keepsGraph,
        ReadOnlySpan<Tensor?> gradients)
    {
        if (results.Stream is { } stream && recorder.IsUncutSince(call.Start) && results.Outside.Count == call.OutsideCount
            && stream.FirstForeign >= results.Count
            && RecordedGradient.Of((call.Start, results.Count), output, variables, keepsGraph, gradients, results.Outside, recorder) is { } recorded)
        {
            stream.Gradients[call.Start] = recorded;
        }
    }

    /// <inheritdoc/>
    public GradientNode NodeOf(int index)
    {
        if (index >= built)
        {
            BuildNodes();
        }
        return results[index].Node!;
    }

    /// <inheritdoc/>
    public void BuildNodes()
    {
        for (int end = results.Count; built < end; built++)
        {
            RecordedNode node = results.Stream!.Nodes[built];
            if (node.Targets is { } targets && results[built] is { IsDeferred: true } output)
            {
                Tensor[] inputs = new Tensor[targets.Length];
                for (int i = 0; i < inputs.Length; i++)
                {
                    inputs[i] = WithTarget(results.Source(node.Inputs[i]), targets[i]);
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

    /// <summary>The tensor itself, or the same value with the target that the gradient graph shall see.</summary>
    private Tensor WithTarget(Tensor tensor, GradientTarget target)
    {
        if (GradientTarget.Of(tensor, recorder) == target)
        {
            return tensor;
        }
        Tensor shown = tensor.Untracked();
        if (target.IsNode)
        {
            shown.Track(target.Node, results[target.Node].Node);
        }
        return shown;
    }
}
