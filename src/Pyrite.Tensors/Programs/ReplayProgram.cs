using Pyrite.Engine;
using Pyrite.Kernels.Flat;

namespace Pyrite.Programs;

/// <summary>What a recorded function computes: the operations that depend on its arguments, the constants that they read, and where each value stands
/// in a block of memory.</summary>
/// <remarks>Never changes once its code is written, so that any number of chains may share it. A source of 0 or more is the result of a node, a
/// negative one the outside tensor -1 - source.</remarks>
internal sealed class ReplayProgram
{
    private const int Line = 64;

    private readonly RecordedNode[] nodes;
    private readonly bool[] depends;
    private readonly bool[] isNeeded;
    private readonly int[] twins;
    private readonly Dictionary<int, Tensor> constants = [];
    private readonly Dictionary<int, int> offsets = [];
    private readonly int[] argumentOf;
    private readonly TensorSpec[] outside;
    private int nextNumber;

    private ReplayProgram(RecordedStream stream, StepResults results, Tensor[] variables)
    {
        nodes = [.. stream.Nodes];
        depends = new bool[nodes.Length];
        isNeeded = new bool[nodes.Length];
        twins = new int[nodes.Length];
        outside = [.. stream.Outside.Select(o => o.Spec)];
        argumentOf = [.. results.Outside.Select(given => Array.FindIndex(variables, variable => given.IsView(variable)))];
        for (int i = 0; i < nodes.Length; i++)
        {
            depends[i] = Array.Exists(nodes[i].Inputs, Depends);
        }
        FindTwins();
    }

    /// <summary>The arguments' sources; an argument that nothing reads has none, -1 - (any number of slots).</summary>
    public required int[] Arguments { get; init; }

    /// <summary>The number of elements of each argument.</summary>
    public required int[] ArgumentCounts { get; init; }

    /// <summary>The results' sources.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>For each argument the source of the first result's gradient; null where the result does not depend on it.</summary>
    public required int?[] Gradients { get; init; }

    /// <summary>Results and gradients that depend on arguments.</summary>
    public IEnumerable<int> Results => Outputs.Concat(Gradients.OfType<int>()).Where(Depends).Select(Root);

    /// <summary>The sources of the verdicts of checks that depend on arguments.</summary>
    public int[] Verdicts { get; private set; } = [];

    /// <summary>Bytes of a block.</summary>
    public int Size { get; private set; }

    /// <summary>The operations to run, in order; views are left out.</summary>
    public int[] Steps { get; private set; } = [];

    /// <summary>Writes down a step that has just been recorded; null where something that depends on the arguments was read.</summary>
    /// <param name="recorder">What recorded it.</param>
    /// <param name="variables">The arguments.</param>
    /// <param name="outputs">The results.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="reader">The place that read it, if one did.</param>
    public static ReplayProgram? Of(Recorder recorder, Tensor[] variables, Tensor[] outputs, Tensor?[] gradients, out string? reader)
    {
        reader = null;
        if (recorder.Results.Stream is not { } stream)
        {
            return null;
        }
        StepResults results = recorder.Results;
        int[] outputSources = Array.ConvertAll(outputs, results.NumberOf);
        int?[] gradientSources = Array.ConvertAll(gradients, g => g is null ? (int?)null : results.NumberOf(g));
        HashSet<int> verdicts =
            [.. recorder.Noted!.Where(check => ReferenceEquals(check.Verdict.Recorder, recorder)).Select(check => check.Verdict.RecordedIndex)];
        int[] arguments = Array.ConvertAll(variables, variable => -1 - results.Outside.FindIndex(given => given.IsView(variable)));
        ReplayProgram program = new(stream, results, variables)
        {
            Arguments = Array.ConvertAll(arguments, a => a == 0 ? int.MinValue : a),
            ArgumentCounts = Array.ConvertAll(variables, v => v.Count),
            Outputs = outputSources,
            Gradients = gradientSources,
        };
        if (stream.Escapes.Where(read => program.depends[read] && !verdicts.Contains(read)).Order().ToArray() is { Length: > 0 } reads)
        {
            reader = reads.Select(read => recorder.Reads?.Find(read)).FirstOrDefault(place => place is not null) ?? "an unknown place";
            return null;
        }
        program.Verdicts = [.. verdicts.Where(verdict => program.depends[verdict]).Order()];
        program.Plan(results);
        return program;
    }

    /// <summary>The node of a source that has one.</summary>
    public RecordedNode Node(int source) => nodes[source];

    /// <summary>What a source looks like.</summary>
    public TensorSpec SpecOf(int source) => source >= 0 ? nodes[source].Spec : outside[-1 - source];

    /// <summary>The source whose memory a source shares.</summary>
    public int Root(int source)
    {
        while (source >= 0 && (nodes[source].IsAlias || twins[source] != source))
        {
            source = nodes[source].IsAlias ? nodes[source].Inputs[0] : twins[source];
        }
        return source;
    }

    /// <summary>Whether a source depends on the arguments.</summary>
    public bool Depends(int source) => source >= 0 ? depends[source] : -1 - source < argumentOf.Length && argumentOf[-1 - source] >= 0;

    /// <summary>The value of a source that does not depend on the arguments.</summary>
    public Tensor Constant(int source) => constants[source];

    /// <summary>Where a source that depends on the arguments stands in a block.</summary>
    public int Offset(int source) => offsets[Root(source)];

    /// <summary>Room in the block for what code keeps while it runs.</summary>
    public ReplayPlace Reserve(long bytes)
    {
        ReplayPlace place = new(false, Size);
        Size = checked(Size + (int)((bytes + Line - 1) / Line * Line));
        return place;
    }

    /// <summary>Finds operations that an earlier one repeats: the same with the same attributes on the same values.</summary>
    private void FindTwins()
    {
        Dictionary<(object, TensorSpec, string), int> known = [];
        for (int i = 0; i < nodes.Length; i++)
        {
            twins[i] = i;
            if (depends[i] && !nodes[i].IsAlias)
            {
                string inputs = string.Join(' ', nodes[i].Inputs.Select(input => $"{Root(input)} {SpecOf(input).Shape}"));
                twins[i] =
                    known.TryGetValue((nodes[i].Boxed, nodes[i].Spec, inputs), out int first)
                        ? first
                        : known[(nodes[i].Boxed, nodes[i].Spec, inputs)] = i;
            }
        }
    }

    private void Plan(StepResults results)
    {
        Stack<int> open = new([.. Outputs, .. Gradients.OfType<int>(), .. Verdicts]);
        HashSet<int> seen = [];
        while (open.TryPop(out int source))
        {
            if (!seen.Add(source))
            {
                continue;
            }
            if (!Depends(source))
            {
                constants[source] = results.Source(source).IsWeak ? results.Source(source).To(DType.Float64).Keep() : results.Source(source).Keep();
            }
            else if (source >= 0)
            {
                isNeeded[source] = true;
                Array.ForEach(twins[source] == source ? nodes[source].Inputs : [twins[source]], open.Push);
            }
        }
        foreach (int argument in Arguments.Where(a => a != int.MinValue))
        {
            // Several outside slots may show one argument.
            (int number, int place) = (argumentOf[-1 - argument], Place(SpecOf(argument)));
            for (int slot = 0; slot < argumentOf.Length; slot++)
            {
                if (argumentOf[slot] == number)
                {
                    offsets[-1 - slot] = place;
                }
            }
        }
        List<int> steps = [];
        for (int i = 0; i < nodes.Length; i++)
        {
            if (isNeeded[i] && !nodes[i].IsAlias && twins[i] == i)
            {
                offsets[i] = Place(nodes[i].Spec);
                steps.Add(i);
            }
        }
        Steps = [.. steps];
    }

    /// <summary>Room for a value: arrays begin a line of their own, Float64 numbers share lines.</summary>
    private int Place(TensorSpec spec)
    {
        bool isNumber = spec.Shape.Count == 1 && spec.DType == DType.Float64;
        if (isNumber && nextNumber % Line != 0)
        {
            nextNumber += sizeof(double);
            return nextNumber - sizeof(double);
        }
        int place = Size;
        Reserve(spec.Shape.Count * spec.DType.ByteSize);
        if (isNumber)
        {
            nextNumber = place + sizeof(double);
        }
        return place;
    }
}
