using Pyrite.Engine;
using Pyrite.Kernels.Flat;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Copies;

namespace Pyrite.Programs;

/// <summary>Where the values of a flat plan stand: one pinned block for results, with what escapes at its end, and the tensors that come from
/// outside.</summary>
internal sealed class FlatMemory
{
    private const int Line = 64;

    // Between runs the plan holds on to no tensors.
    private static readonly List<Tensor> Nothing = [];

    private readonly RecordedStream stream;
    private readonly int start;
    private readonly Storage block;
    private readonly int escapeStart;
    private readonly int escapeBytes;
    private readonly int[] offsets;
    private readonly int[] roots;
    private readonly bool[] isStored;
    private readonly Tensor?[] tensors;
    private readonly List<(int Source, int Pin)> entries = [];
    private readonly Dictionary<int, int> slotOf = [];
    private readonly int[] escapes;
    private readonly nint home;
    private List<Tensor> results = Nothing;
    private List<Tensor> outside = Nothing;

    public FlatMemory(RecordedStream stream, int start, int end, bool[] isNeeded)
    {
        this.stream = stream;
        this.start = start;
        offsets = new int[end - start];
        roots = new int[end - start];
        isStored = new bool[end - start];
        tensors = new Tensor?[end - start];
        int size = 0;
        for (int i = start; i < end; i++)
        {
            if (!isNeeded[i - start])
            {
                continue;
            }
            RecordedNode node = stream.Nodes[i];
            roots[i - start] = node.IsAlias ? Root(node.Inputs[0]) : i;
            foreach (int input in node.Inputs)
            {
                AddOutside(Root(input), ref size);
            }
        }
        HashSet<int> leaving = [];
        foreach (int escape in stream.Escapes)
        {
            if (escape >= start && escape < end && Root(escape) is var root && root >= start)
            {
                leaving.Add(root);
            }
        }
        for (int i = start; i < end; i++)
        {
            if (isNeeded[i - start] && roots[i - start] == i && !leaving.Contains(i))
            {
                offsets[i - start] = Take(i, ref size);
            }
        }
        escapeStart = size;
        foreach (int root in leaving.Order())
        {
            offsets[root - start] = Take(root, ref size);
            isStored[root - start] = true;
        }
        escapeBytes = size - escapeStart;
        escapes = [.. stream.Escapes.Where(e => e >= start && e < end).Order()];
        block = Storage.Allocate(Math.Max(size, Line), pinned: true);
        home = FlatCalls.Address(block);
        Addresses = new nint[entries.Count];
        for (int i = start; i < end; i++)
        {
            if (isNeeded[i - start])
            {
                NoteReaders(stream.Nodes[i]);
            }
        }
    }

    /// <summary>The addresses of what comes from outside, by slot of the code.</summary>
    public nint[] Addresses { get; }

    /// <summary>The slots of the code.</summary>
    public IEnumerable<int> Slots => Enumerable.Range(0, entries.Count);

    /// <summary>A tensor over the memory of a result, or the outside tensor itself.</summary>
    public Tensor this[int source]
    {
        get
        {
            int root = Root(source);
            if (root < start)
            {
                Tensor given = Given(root);
                return source == root ? given : Alias(source, given);
            }
            if (tensors[source - start] is { } known)
            {
                return known;
            }
            Tensor made = Tensor.Unbound(stream.Nodes[source].Spec);
            made.PointTo(block, offsets[root - start]);
            return tensors[source - start] = made;
        }
    }

    /// <summary>What the code knows of a source.</summary>
    public FlatValue Value(int source)
    {
        int root = Root(source);
        TensorSpec spec = SpecOf(source);
        return root < start
            ? new FlatValue(0, slotOf[root], (int)spec.Shape.Count, spec.DType)
            : new FlatValue(home + offsets[root - start], -1, (int)spec.Shape.Count, spec.DType);
    }

    /// <summary>Whether a source comes from outside of the segment, so that every run has another tensor for it.</summary>
    public bool IsGiven(int source) => Root(source) < start;

    /// <summary>Whether a number must stand in memory, not in a register only.</summary>
    public bool IsStored(int index) => isStored[Root(index) - start];

    /// <summary>Whether an input that is no single number has the shape of the result.</summary>
    public bool IsSameShape(FlatValue input, int index, RecordedNode node) =>
        input.Count == stream.Nodes[index].Spec.Shape.Count
            && Array.TrueForAll(node.Inputs, i => SpecOf(i).Shape.Count == 1 || SpecOf(i).Shape == stream.Nodes[index].Spec.Shape);

    /// <summary>Begins a run.</summary>
    public void Bind(List<Tensor> stepResults, List<Tensor> stepOutside)
    {
        results = stepResults;
        outside = stepOutside;
        for (int i = 0; i < entries.Count; i++)
        {
            (int source, int pin) = entries[i];
            Addresses[i] = FlatCalls.Address(Given(source), home + pin);
        }
    }

    /// <summary>Ends a run: what escapes is copied into memory of the step.</summary>
    public void Release(List<Tensor> stepResults, StepScope scope)
    {
        if (escapes.Length > 0)
        {
            Storage kept = scope.Rent(Math.Max(1, escapeBytes));
            block.Span<byte>(escapeStart, escapeBytes).CopyTo(kept.Span<byte>(0, escapeBytes));
            foreach (int escape in escapes)
            {
                int root = Root(escape);
                if (root < start)
                {
                    stepResults[escape].PointTo(Given(root), 0);
                }
                else
                {
                    stepResults[escape].PointTo(kept, offsets[root - start] - escapeStart);
                }
            }
        }
        (results, outside) = (Nothing, Nothing);
    }

    private int Root(int source) => source < start ? source : roots[source - start];

    private Tensor Given(int source) => source < 0 ? outside[-1 - source] : results[source];

    private TensorSpec SpecOf(int source) => source >= 0 ? stream.Nodes[source].Spec : stream.Outside[-1 - source].Spec;

    private Tensor Alias(int source, Tensor given)
    {
        Tensor alias = tensors[source - start] ??= Tensor.Unbound(stream.Nodes[source].Spec);
        alias.PointTo(given, 0);
        return alias;
    }

    private int Take(int index, ref int size)
    {
        int offset = size;
        TensorSpec spec = stream.Nodes[index].Spec;
        size += (int)(((spec.Shape.Count * spec.DType.ByteSize) + Line - 1) / Line * Line);
        return offset;
    }

    private void AddOutside(int source, ref int size)
    {
        if (source >= start || !slotOf.TryAdd(source, entries.Count))
        {
            return;
        }
        TensorSpec spec = SpecOf(source);
        long bytes = spec.Shape.Count * spec.DType.ByteSize;
        entries.Add((source, size));

        // Only small blocks are ever moved by the garbage collector, so only they need room.
        size += bytes > Storage.SmallestPinned ? 0 : (int)((bytes + Line - 1) / Line * Line);
    }

    /// <summary>Vectors read numbers by value; everything else that reads one needs it in memory.</summary>
    private void NoteReaders(RecordedNode node)
    {
        bool isByValue = node.Spec.DType.IsFloatingPoint && node.Inputs.Length <= 2
            && node.Boxed is IElementwiseOperation { Kernel: not null } or StridedCopyOperation;
        foreach (int input in node.Inputs)
        {
            int root = Root(input);
            if (root >= start && (!isByValue || SpecOf(input).Shape.Count != 1 || SpecOf(input).DType != node.Spec.DType))
            {
                isStored[root - start] = true;
            }
        }
    }
}
