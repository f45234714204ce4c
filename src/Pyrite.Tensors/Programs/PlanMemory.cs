using Pyrite.Engine;
using Pyrite.Kernels.Convolution;
using Pyrite.Kernels.Memory;

namespace Pyrite.Programs;

/// <summary>Where the results of a segment live: blocks of the plan's own, used again and again, and blocks of the step for what escapes.</summary>
internal sealed class PlanMemory
{
    private static readonly List<Tensor> Nothing = [];

    private readonly RecordedStream stream;
    private readonly int start;
    private readonly Tensor?[] values;
    private readonly List<int> escapes = [];
    private readonly List<int> aliases = [];
    private List<Tensor> results = Nothing;
    private List<Tensor> outside = Nothing;

    public PlanMemory(RecordedStream stream, int start, int end)
    {
        this.stream = stream;
        this.start = start;
        values = new Tensor?[end - start];
    }

    /// <summary>Bytes of the blocks that results take turns in, and of what escapes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Gives results their blocks: what the steps never hold in whole has none, what escapes gets one in every run.</summary>
    /// <param name="lifetimes">For each result that needs a block, the first and last step that touch it.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="margins">Zeros around the images of some results, in pixels; their blocks are used for nothing else.</param>
    public void Assign(Dictionary<int, (int First, int Last)> lifetimes, int steps, Dictionary<int, int> margins)
    {
        HashSet<Storage> blocks = [];
        PlanArena.Assignment arena = PlanArena.Local.Begin();
        List<(int Index, Storage Block)>[] expiring = new List<(int, Storage)>[steps];
        foreach (IGrouping<int, KeyValuePair<int, (int First, int Last)>> starting in lifetimes.GroupBy(l => l.Value.First).OrderBy(g => g.Key))
        {
            for (int step = 0; step < starting.Key; step++)
            {
                foreach ((int _, Storage block) in expiring[step] ?? [])
                {
                    arena.Give(block);
                }
                expiring[step] = [];
            }
            foreach ((int index, (int _, int last)) in starting)
            {
                TensorSpec spec = stream.Nodes[index].Spec;
                Tensor value = Tensor.Unbound(spec);
                values[index - start] = value;
                if (stream.Nodes[index].IsAlias)
                {
                    aliases.Add(index);
                    continue;
                }
                if (stream.Escapes.Contains(index))
                {
                    escapes.Add(index);
                    continue;
                }
                if (margins.TryGetValue(index, out int margin))
                {
                    value.PointTo(arena.TakeFramed(FrameOf(spec, margin), spec.Shape[0], spec.DType));
                    continue;
                }
                Storage storage = arena.Take(spec.Shape.Count * spec.DType.ByteSize);
                blocks.Add(storage);
                value.PointTo(storage);
                (expiring[last] ??= []).Add((index, storage));
            }
        }
        aliases.Sort();
        Bytes = blocks.Sum(block => (long)block.Capacity)
            + escapes.Select(escape => stream.Nodes[escape].Spec).Sum(spec => spec.Shape.Count * spec.DType.ByteSize);
    }

    /// <summary>A block of zeros for images with a margin.</summary>
    public static Storage FramedBlock(TensorSpec spec, int margin)
    {
        int bytes = checked((int)(spec.Shape[0] * FrameOf(spec, margin).Image * spec.DType.ByteSize));
        Storage block = Storage.Allocate(bytes, pinned: true);
        block.Span<byte>(0, bytes).Clear();
        return block;
    }

    /// <summary>How the images of a tensor lie in memory.</summary>
    public static ImageLayout FrameOf(TensorSpec spec, int margin) => new(spec.Shape[2], spec.Shape[3], spec.Shape[1], margin);

    /// <summary>How the images of a channels-last tensor lie in memory.</summary>
    public static ImageLayout FrameOf(Tensor images, int margin) => FrameOf(new TensorSpec(images.Shape, images.DType, images.Layout), margin);

    /// <summary>Begins a run: takes the tensors of this step.</summary>
    public void Bind(List<Tensor> stepResults, List<Tensor> stepOutside, StepScope scope)
    {
        results = stepResults;
        outside = stepOutside;
        foreach (int index in escapes)
        {
            Tensor value = values[index - start]!;
            value.PointTo(scope.Rent(value.Shape.Count * value.DType.ByteSize));
        }
        foreach (int index in aliases)
        {
            values[index - start]!.PointTo(this[stream.Nodes[index].Inputs[0]], 0);
        }
    }

    /// <summary>Ends a run: what escapes is handed to the user's tensors.</summary>
    public void Release()
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value && stream.Escapes.Contains(start + i))
            {
                results[start + i].PointTo(value, 0);
            }
        }
        results = Nothing;
        outside = Nothing;
    }

    /// <summary>The tensor of a result or of an outside slot.</summary>
    public Tensor this[int source] => source < 0
        ? outside[-1 - source]
        : source < start
            ? results[source]
            : values[source - start]
                ?? throw new InvalidOperationException(
                    $"The plan of a step reads {stream.Nodes[source].Name} of shape {stream.Nodes[source].Spec.Shape}, which it never made whole.");
}
