using Pyrite.Engine;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Functions;

/// <summary>A recording of a function, to look for loops in: its operations, what they read, and the checks among them.</summary>
internal sealed class RecordedFunction
{
    /// <summary>The source of a checked value that no operation of the recording has made.</summary>
    public const int Elsewhere = int.MinValue;

    private readonly Recorder recorder;
    private readonly Dictionary<int, StepCheck> checks = [];
    private readonly int[] classes;

    /// <param name="recorder">What has recorded the function.</param>
    /// <param name="outputs">Its results.</param>
    private RecordedFunction(Recorder recorder, Tensor[] outputs)
    {
        this.recorder = recorder;
        Nodes = recorder.Recorded!.Nodes;
        Outside = [.. recorder.Results.Outside];
        Outputs = Array.ConvertAll(outputs, recorder.Results.NumberOf);
        foreach (StepCheck check in recorder.Noted!.Where(check => ReferenceEquals(check.Verdict.Recorder, recorder)))
        {
            checks[check.Verdict.RecordedIndex] = check;
        }
        classes = OperationClasses.Of(Nodes, areDrawsAlike: false);
    }

    /// <summary>The operations.</summary>
    public List<RecordedNode> Nodes { get; }

    /// <summary>The tensors from outside, by slot.</summary>
    public Tensor[] Outside { get; }

    /// <summary>The sources of the results.</summary>
    public int[] Outputs { get; }

    /// <summary>For each operation a number that those share which may be the same operation of two rounds.</summary>
    public ReadOnlySpan<int> ClassOf => classes;

    /// <summary>Takes down a recording; null where loops cannot be made of it: a value that depends on an argument is read, or a result has another
    /// gradient than its operation's.</summary>
    /// <param name="recorder">What has recorded the function.</param>
    /// <param name="outputs">Its results.</param>
    public static RecordedFunction? Of(Recorder recorder, Tensor[] outputs)
    {
        if (recorder.Recorded is null || recorder.Lifting is not null
            || !Array.TrueForAll(outputs, output => output.RequiresGradient && output.IsResultOf(recorder) && output.NodeIndex >= 0))
        {
            return null;
        }
        RecordedFunction function = new(recorder, outputs);
        bool[] depends = new bool[function.Nodes.Count];
        for (int i = 0; i < depends.Length; i++)
        {
            RecordedNode node = function.Nodes[i];
            depends[i] = node.Boxed is ArgumentOperation || Array.Exists(node.Inputs, input => input >= 0 && depends[input]);
        }
        return recorder.Recorded.Escapes.Any(read => depends[read] && !function.checks.ContainsKey(read)) ? null : function;
    }

    /// <summary>The check of which an operation gives the verdict.</summary>
    public StepCheck? CheckOf(int node) => checks.TryGetValue(node, out StepCheck check) ? check : null;

    /// <summary>What an operation reads: its inputs, and the value that its check looks at.</summary>
    public int[] SourcesOf(int node) =>
        checks.TryGetValue(node, out StepCheck check) ? [.. Nodes[node].Inputs, ValueOf(check)] : Nodes[node].Inputs;

    /// <summary>What a source looks like.</summary>
    public TensorSpec SpecOf(int source) => source >= 0 ? Nodes[source].Spec
        : new TensorSpec(Outside[-1 - source].Shape, Outside[-1 - source].DType, Outside[-1 - source].Layout);

    /// <summary>Whether gradients flow to an input; null where it is not tracked, so that either will do, and where it is a checked value.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="input">Which of its sources.</param>
    /// <param name="isKnown">Whether it is one of these cases at all.</param>
    public bool? Flows(int node, int input, out bool isKnown)
    {
        RecordedNode operation = Nodes[node];
        isKnown = true;
        if (input >= operation.Inputs.Length || !operation.Spec.DType.IsFloatingPoint)
        {
            return null;
        }
        int source = operation.Inputs[input];
        GradientTarget target = operation.Targets is { } targets ? targets[input] : GradientTarget.None;
        if (source < 0)
        {
            isKnown = target == GradientTarget.None || target == GradientTarget.Variable;
            return target == GradientTarget.Variable ? true : Outside[-1 - source].RequiresGradient ? false : null;
        }
        if (Nodes[source].Targets is null)
        {
            isKnown = target == GradientTarget.None;
            return null;
        }
        isKnown = target == GradientTarget.None || target.Node == source;
        return target.IsNode;
    }

    /// <summary>The positions in a round of operations whose results are used after a loop.</summary>
    public HashSet<int> UsedAfter(LoopRegion loop)
    {
        HashSet<int> used = [];
        for (int node = loop.End; node < Nodes.Count; node++)
        {
            Array.ForEach(SourcesOf(node), Add);
        }
        Array.ForEach(Outputs, Add);
        return used;

        void Add(int source)
        {
            if (source >= loop.Start && source < loop.End)
            {
                used.Add((source - loop.Start) % loop.Period);
            }
        }
    }

    /// <summary>Whether nothing reads the results of an operation of a loop after the loop, but that of the last round.</summary>
    public bool IsUsedAtEndAlone(LoopRegion loop, int position)
    {
        int final = loop.Node(loop.Rounds - 1, position);
        for (int node = loop.End; node < Nodes.Count; node++)
        {
            if (Array.Exists(SourcesOf(node), IsEarlier))
            {
                return false;
            }
        }
        return !Array.Exists(Outputs, IsEarlier);

        bool IsEarlier(int source) => source >= loop.Start && source < final && (final - source) % loop.Period == 0;
    }

    private int ValueOf(in StepCheck check) => ReferenceEquals(check.Value.Recorder, recorder) ? check.Value.RecordedIndex : Elsewhere;
}
