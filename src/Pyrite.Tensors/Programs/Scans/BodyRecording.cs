using Pyrite.Engine;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Scans;

/// <summary>What was recorded of one call of a body: its operations, and the tensors from outside that they read.</summary>
/// <remarks>Work that no argument has a part in, and no gradient, is done once before the rounds.</remarks>
internal sealed class BodyRecording
{
    private readonly RecordedStream stream;
    private readonly List<Tensor> outside;
    private readonly int arguments;
    private readonly bool[] depends;
    private readonly List<BodyNode> nodes = [];
    private readonly List<TensorSpec> given;
    private readonly Dictionary<int, int> places = [];
    private readonly List<BodyNode> prelude = [];
    private readonly Dictionary<int, int> preludePlaces = [];
    private readonly List<(int Source, bool IsPrelude)> captured = [];

    /// <param name="recorder">What recorded the step; its first operations are the arguments.</param>
    /// <param name="scope">The step.</param>
    /// <param name="arguments">How many arguments there are.</param>
    private BodyRecording(Recorder recorder, StepScope scope, int arguments)
    {
        stream = recorder.Recorded!;
        outside = [.. recorder.Results.Outside.Select(scope.Kept)];
        this.arguments = arguments;
        given = [.. stream.Nodes.Take(arguments).Select(node => node.Spec)];
        depends = new bool[stream.Nodes.Count];
        for (int i = 0; i < depends.Length; i++)
        {
            depends[i] = i < arguments || Array.Exists(stream.Nodes[i].Inputs, input => input >= 0 && depends[input]);
        }
    }

    /// <summary>The operations.</summary>
    public ScanBody Body { get; private set; } = null!;

    /// <summary>Whether a value was read that depends on the arguments, so that the C# code may do something else in another round.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Whether its operations hold keys that equality does not see, so that no other body is the same.</summary>
    public bool IsVarying => nodes.Exists(node => node.Operation.Boxed is IVaryingOperation);

    /// <summary>Takes down what a step has recorded.</summary>
    /// <param name="scope">The step.</param>
    /// <param name="carries">How many arguments are the carry.</param>
    /// <param name="inputs">How many more are inputs of the round.</param>
    /// <param name="fixedArguments">How many more are captured tensors.</param>
    /// <param name="next">The next carry.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="type">The type of both.</param>
    /// <param name="seen">Values that checks look at.</param>
    public static BodyRecording Of(StepScope scope, int carries, int inputs, int fixedArguments, Tensor[] next, Tensor[] outputs, DType type,
        params Tensor[] seen)
    {
        Recorder recorder = scope.Recorder;
        next = Array.ConvertAll(next, AsResult);
        outputs = Array.ConvertAll(outputs, AsResult);
        int[] sources = [.. next.Concat(outputs).Concat(Array.ConvertAll(seen, AsResult)).Select(recorder.Results.NumberOf)];
        BodyRecording recording = new(recorder, scope, carries + inputs + fixedArguments);
        recording.Find(sources);
        int[] places = Array.ConvertAll(sources, recording.PlaceOf);
        recording.IsRead = recording.stream.Escapes.Any(read => recording.depends[read]);
        recording.Body = new ScanBody
        {
            Nodes = [.. recording.nodes],
            Given = [.. recording.given],
            Carries = carries,
            Inputs = inputs,
            Next = places[..carries],
            Outputs = places[carries..^seen.Length],
            Checked = places[^seen.Length..],
            Type = type,
        };
        return recording;
    }

    /// <summary>The captured tensors that are no arguments, with what is computed from tensors from outside alone; issues operations.</summary>
    public Tensor[] Capture()
    {
        Tensor[] tensors = [.. outside.Select(tensor => tensor.IsWeak ? tensor.To(DType.Float64) : tensor)];
        Tensor[] results = BodyNode.Issue([.. prelude], tensors);
        return [.. captured.Select(place => place.IsPrelude ? results[place.Source] : tensors[-1 - place.Source])];
    }

    /// <summary>Whether another recording computes the same from the same tensors and numbers.</summary>
    public bool IsSame(BodyRecording other) => Body.Equals(other.Body) && captured.SequenceEqual(other.captured)
        && outside.Count == other.outside.Count
        && captured.Where(place => !place.IsPrelude).Select(place => place.Source).Concat(prelude.SelectMany(node => node.Operation.Inputs))
            .Where(source => source < 0).All(source => IsSame(outside[-1 - source], other.outside[-1 - source]))
        && prelude.Count == other.prelude.Count && prelude.Zip(other.prelude).All(pair => IsSame(pair.First, pair.Second));

    private static bool IsSame(Tensor a, Tensor b) => ReferenceEquals(a, b) || (ReferenceEquals(a.Recorder, b.Recorder) && a.DType == b.DType
        && a.Shape == b.Shape && !a.RequiresGradient && !b.RequiresGradient
        && (a.Recorder is null ? a.RawBytes().SequenceEqual(b.RawBytes()) : a.RecordedIndex == b.RecordedIndex));

    /// <summary>Keys and numbers, which equality leaves out, are seen in the text.</summary>
    private static bool IsSame(BodyNode a, BodyNode b) => a.IsSame(b)
        && (a.Operation.Boxed is not IVaryingOperation || a.Operation.Boxed.ToString() == b.Operation.Boxed.ToString());

    /// <summary>A result whose gradient history is that of its own operation.</summary>
    private static Tensor AsResult(Tensor result)
    {
        bool isPlain = result.RequiresGradient ? result.Recorder is not null && result.NodeIndex == result.RecordedIndex : result.Recorder is null;
        return isPlain ? result : ArgumentOperation.Of(result);
    }

    /// <summary>Finds the nodes that results need, in order, and gives them their places.</summary>
    private void Find(int[] sources)
    {
        HashSet<int> needed = Liveness.Of(sources, source => source < arguments ? []
            : stream.Nodes[source].Inputs.Concat(
                stream.Nodes[source].Targets?.Where(target => target.IsNode).Select(target => target.Node) ?? []));
        foreach (int node in needed.Where(source => source >= arguments).Order())
        {
            if (!IsHoisted(node))
            {
                int[] inputs = Array.ConvertAll(stream.Nodes[node].Inputs, PlaceOf);
                int[] histories = Histories(node, PlaceOf);
                places[node] = nodes.Count;
                nodes.Add(new BodyNode(stream.Nodes[node].With(stream.Nodes[node].Spec, inputs), histories));
            }
        }
    }

    /// <summary>Whether a node is computed before the rounds.</summary>
    private bool IsHoisted(int node) => !depends[node] && stream.Nodes[node].Targets is null;

    private int[] Histories(int node, Func<int, int> placeOf)
    {
        RecordedNode operation = stream.Nodes[node];
        int[] histories = new int[operation.Inputs.Length];
        for (int i = 0; i < histories.Length; i++)
        {
            GradientTarget target = operation.Targets is { } targets ? targets[i] : GradientTarget.None;

            // A variable that the body made itself is cut off from everything.
            histories[i] = target.IsNode ? placeOf(target.Node)
                : target == GradientTarget.None || operation.Inputs[i] >= 0 ? BodyNode.Detached : placeOf(operation.Inputs[i]);
        }
        return histories;
    }

    private int PlaceOf(int source)
    {
        if (source >= 0 && source < arguments)
        {
            return -1 - source;
        }
        if (!places.TryGetValue(source, out int place))
        {
            captured.Add(source < 0 ? (source, false) : (PreludePlaceOf(source), true));
            given.Add(source < 0 ? SpecOf(outside[-1 - source]) : stream.Nodes[source].Spec);
            places[source] = place = -given.Count;
        }
        return place;
    }

    private static TensorSpec SpecOf(Tensor tensor) => new(tensor.Shape, tensor.DType, tensor.Layout);

    private int PreludePlaceOf(int source)
    {
        if (source < 0)
        {
            return source;
        }
        if (!preludePlaces.TryGetValue(source, out int place))
        {
            int[] inputs = Array.ConvertAll(stream.Nodes[source].Inputs, PreludePlaceOf);
            int[] histories = Histories(source, PreludePlaceOf);
            preludePlaces[source] = place = prelude.Count;
            prelude.Add(new BodyNode(stream.Nodes[source].With(stream.Nodes[source].Spec, inputs), histories));
        }
        return place;
    }
}
