using Pyrite.Engine;
using Pyrite.Kernels.Emit;

namespace Pyrite.Programs.Compiled;

/// <summary>What a stretch of recorded operations computes: the operations that are needed, what is given to them, the constants that they read, and
/// where each value stands.</summary>
/// <remarks>Never changes once its code is written, so that any number of runs may share it. A source is numbered as in
/// <see cref="RecordedNode.Inputs"/>; those below <see cref="Start"/> are given.</remarks>
internal abstract class RecordedProgram
{
    private const int Line = 64;

    private readonly List<RecordedNode> nodes;
    private readonly int end;
    private readonly List<bool> depends;
    private readonly List<int> standIns;
    private readonly Dictionary<int, Tensor> constants = [];
    private readonly Dictionary<int, int> offsets = [];
    private readonly HashSet<int> sharedByRuns = [];
    private int nextNumber;

    /// <param name="stream">The operations.</param>
    /// <param name="start">The first one.</param>
    /// <param name="end">The one after the last.</param>
    protected RecordedProgram(RecordedStream stream, int start, int end)
    {
        nodes = [.. stream.Nodes];
        Outside = [.. stream.Outside.Select(outside => outside.Spec)];
        (Start, this.end) = (start, end);
        depends = [.. new bool[end - start]];
        standIns = [.. new int[end - start]];
    }

    /// <summary>The first operation; sources below it are given.</summary>
    public int Start { get; }

    /// <summary>How many operations were recorded.</summary>
    public int Recorded => end - Start;

    /// <summary>Whether results have the bits of eager execution: sums keep their grouping, divisions stay divisions.</summary>
    public abstract bool KeepsBits { get; }

    /// <summary>The sources whose memory is read afterwards and that depend on what is given, by what they share memory with.</summary>
    public IEnumerable<int> Results => Wanted.Where(Depends).Select(MemoryOf);

    /// <summary>The sources that somebody reads after the program, verdicts with them.</summary>
    public IEnumerable<int> Sinks => Wanted.Concat(Verdicts).Where(Depends);

    /// <summary>The sources of the verdicts of checks that are looked at after every run.</summary>
    public int[] Verdicts { get; protected set; } = [];

    /// <summary>The constants that code reads.</summary>
    public ProgramConstants Constants { get; } = new();

    /// <summary>Bytes of a block.</summary>
    public int Size { get; private set; }

    /// <summary>The operations to run, in order; views and repeated ones are left out.</summary>
    public int[] Steps { get; set; } = [];

    /// <summary>What the tensors from outside look like, by slot.</summary>
    protected TensorSpec[] Outside { get; }

    /// <summary>The sources that are given in the block.</summary>
    protected virtual IEnumerable<int> Ports => [];

    /// <summary>The sources that are read afterwards, verdicts apart.</summary>
    protected abstract IEnumerable<int> Wanted { get; }

    /// <summary>The operation of a source that is not given.</summary>
    public RecordedNode Node(int source) => nodes[source];

    /// <summary>What a source looks like.</summary>
    public TensorSpec SpecOf(int source) => source >= 0 ? nodes[source].Spec : Outside[-1 - source];

    /// <summary>The shapes of an operation's inputs.</summary>
    public Shape[] ShapesOf(RecordedNode node) => Array.ConvertAll(node.Inputs, input => SpecOf(input).Shape);

    /// <summary>Whether a source is none of the program's own results.</summary>
    public bool IsGiven(int source) => source < Start;

    /// <summary>The source whose memory a source shares.</summary>
    public int MemoryOf(int source)
    {
        while (!IsGiven(source) && (nodes[source].IsAlias || standIns[source - Start] != source))
        {
            source = nodes[source].IsAlias ? nodes[source].Inputs[0] : standIns[source - Start];
        }
        return source;
    }

    /// <summary>Whether a source depends on what changes from run to run.</summary>
    public bool Depends(int source) => IsGiven(source) ? Varies(source) : depends[source - Start];

    /// <summary>Whether a source's memory is written by one of the program's operations that run.</summary>
    public bool IsMade(int source) => Depends(source) && !IsGiven(MemoryOf(source));

    /// <summary>The run that an operation belongs to; none where it stands for those of several.</summary>
    public StepRun RunOf(int node) => sharedByRuns.Contains(node) ? StepRun.None : nodes[node].Run;

    /// <summary>Whether no result has more elements than given, or lies in another order than row by row.</summary>
    public bool IsSmall(int mostElements) => Steps.Concat(Ports).All(
        source => SpecOf(source) is { Layout: Layout.RowMajor, Shape.Count: > 0 and var count } && count <= mostElements);

    /// <summary>The value of a source that does not depend on anything given.</summary>
    public Tensor Constant(int source)
    {
        if (!constants.TryGetValue(source, out Tensor? value))
        {
            constants[source] = value = Evaluate(source);
        }
        return value;
    }

    /// <summary>Where a source stands.</summary>
    public Place PlaceOf(int source)
    {
        if (!Depends(source))
        {
            return Constants.Of(source, Constant(source));
        }
        int root = MemoryOf(source);
        return IsGiven(root) ? PlaceOfGiven(root) : new Place(PlaceBase.Block, Offset(root));
    }

    /// <summary>Where a result stands in a block; the first to ask makes room for it.</summary>
    public int Offset(int source)
    {
        int root = MemoryOf(source);
        if (!offsets.TryGetValue(root, out int offset))
        {
            offsets[root] = offset = MakeRoom(SpecOf(root));
        }
        return offset;
    }

    /// <summary>Room in the block for what code keeps while it runs.</summary>
    public Place Reserve(long bytes)
    {
        Place place = new(PlaceBase.Block, Size);
        Size = checked(Size + (int)((bytes + Line - 1) / Line * Line));
        return place;
    }

    /// <summary>Adds an operation on sources of the program, which nothing reads yet.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="value">Its result, if nothing that is given has a part in it.</param>
    /// <returns>The source of its result.</returns>
    public int Add(RecordedNode node, Tensor? value)
    {
        nodes.Add(node);
        depends.Add(value is null);
        standIns.Add(nodes.Count - 1);
        if (value is not null)
        {
            constants[nodes.Count - 1] = value;
        }
        return nodes.Count - 1;
    }

    /// <summary>Lets another source with the same elements stand for the result of an operation.</summary>
    public void Replace(int source, int other) => standIns[source - Start] = other;

    /// <summary>Where a source that is given stands.</summary>
    protected abstract Place PlaceOfGiven(int source);

    /// <summary>Whether a source that is given changes from run to run.</summary>
    protected abstract bool Varies(int source);

    /// <summary>Whether an operation gives something else in every run although nothing that it reads does.</summary>
    protected abstract bool IsVarying(RecordedNode node);

    /// <summary>Computes a constant.</summary>
    protected virtual Tensor Evaluate(int source) => Compute(nodes[source], Array.ConvertAll(nodes[source].Inputs, Constant));

    /// <summary>The result of an operation, in memory of its own.</summary>
    public static Tensor Compute(RecordedNode node, Tensor[] inputs) => StepScope.Outside(() =>
    {
        Tensor value = node.IsAlias ? Tensor.Unbound(node.Spec) : Tensor.Allocate(node.Spec);
        node.Execute(inputs, value);
        return value;
    });

    /// <summary>Something that must run reads a constant.</summary>
    protected virtual void NoteConstant(int source)
    {
    }

    /// <summary>Lets a source that is given stand where another one does.</summary>
    protected void Join(int source, int offset) => offsets[source] = offset;

    /// <summary>Finds out what depends on what is given, and what is repeated.</summary>
    protected void FindDependence()
    {
        for (int i = Start; i < end; i++)
        {
            depends[i - Start] = IsVarying(nodes[i]) || Array.Exists(nodes[i].Inputs, Depends);
        }
        FindCommonValues();
    }

    /// <summary>Finds the operations that must run, and the constants that they read.</summary>
    protected void FindNeeded()
    {
        HashSet<int> needed = Liveness.Of(Wanted.Concat(Verdicts), source => !IsMadeHere(source) ? []
            : standIns[source - Start] == source ? nodes[source].Inputs : [standIns[source - Start]]);
        foreach (int constant in needed.Where(source => !Depends(source)))
        {
            NoteConstant(constant);
        }
        Steps = [.. needed.Where(source => IsMadeHere(source) && !nodes[source].IsAlias && standIns[source - Start] == source).Order()];
        bool IsMadeHere(int source) => Depends(source) && !IsGiven(source);
    }

    /// <summary>Finds operations that an earlier one repeats: the same with the same attributes on the same values.</summary>
    private void FindCommonValues()
    {
        CommonValues common = new(this, MemoryOf);
        for (int i = Start; i < end; i++)
        {
            standIns[i - Start] = i;
            if (depends[i - Start] && !nodes[i].IsAlias && nodes[i].Boxed is not IVaryingOperation)
            {
                int first = standIns[i - Start] = common.FirstLike(i);
                if (nodes[i].Run != nodes[first].Run)
                {
                    sharedByRuns.Add(first);
                }
            }
        }
    }

    /// <summary>Room for a value: arrays begin a line of their own, numbers share lines.</summary>
    private int MakeRoom(TensorSpec spec)
    {
        bool isNumber = spec.Shape.Count == 1;
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
