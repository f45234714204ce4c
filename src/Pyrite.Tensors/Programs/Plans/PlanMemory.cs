using Pyrite.Engine;
using Pyrite.Kernels.Convolution;
using Pyrite.Kernels.Memory;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>Where the results of a segment live: blocks of the plan's own, used again and again, and blocks of the step for what escapes.</summary>
internal sealed class PlanMemory
{
    private static readonly List<Tensor> Nothing = [];

    private readonly SegmentProgram program;
    private readonly Tensor?[] values;
    private readonly List<int> rented = [];
    private readonly List<int> views = [];
    private readonly PlanArena arena = PlanArena.Local;
    private Dictionary<int, Lifetime> lifetimes = [];
    private Dictionary<int, int> margins = [];
    private int version;
    private List<Tensor> results = Nothing;
    private List<Tensor> outside = Nothing;

    public PlanMemory(SegmentProgram program, int start, int end)
    {
        this.program = program;
        values = new Tensor?[end - start];
    }

    /// <summary>Bytes of the blocks that results take turns in, and of what escapes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Gives results their blocks: what the steps never hold in whole has none, what escapes gets one in every run.</summary>
    /// <param name="lifetimes">For each result that needs a block, the first and last step that touch it.</param>
    /// <param name="groups">The steps.</param>
    /// <param name="margins">Zeros around the images of some results, in pixels; their blocks are used for nothing else.</param>
    public void Assign(Dictionary<int, Lifetime> lifetimes, List<PlanGroup> groups, Dictionary<int, int> margins)
    {
        (this.lifetimes, this.margins) = (lifetimes, margins);
        HashSet<int> read = [.. program.Results];
        foreach (int index in lifetimes.Keys)
        {
            values[index - program.Start] = Tensor.Unbound(program.SpecOf(index));
            if (read.Contains(index))
            {
                rented.Add(index);
            }
        }
        arena.IsInUse = true;
        Bytes = Place() + rented.Select(program.SpecOf).Sum(spec => spec.Shape.Count * spec.DType.ByteSize);
        arena.IsInUse = false;
        foreach (int source in program.Escapes.ToArray().Concat(groups.SelectMany(Sources)).Distinct().Where(source => !program.IsGiven(source)))
        {
            AddView(source);
        }
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
        arena.IsInUse = true;
        if (version != arena.Version)
        {
            Place();
        }
        foreach (int index in rented)
        {
            Tensor value = values[index - program.Start]!;
            if (!scope.Recorder.Places.TryPlace(index, value))
            {
                value.PointTo(scope.Rent(value.Shape.Count * value.DType.ByteSize));
            }
            if (!program.Depends(index))
            {
                program.Constant(index).RawBytes().CopyTo(value.WriteBytes());
            }
        }
        foreach (int index in views)
        {
            values[index - program.Start]!.PointTo(this[program.MemoryOf(index)], 0);
        }
    }

    /// <summary>Ends a run: what escapes is handed to the user's tensors.</summary>
    public void Release()
    {
        foreach (int escape in program.Escapes)
        {
            results[escape].PointTo(this[escape], 0);
        }
        results = Nothing;
        outside = Nothing;
        arena.IsInUse = false;
    }

    /// <summary>The tensor of a result or of an outside slot.</summary>
    public Tensor this[int source] => source < 0
        ? outside[-1 - source]
        : program.IsGiven(source)
            ? results[source]
            : values[source - program.Start]
                ?? throw new InvalidOperationException(
                    $"The plan of a step reads {program.Node(source).Name} of shape {program.SpecOf(source).Shape}, which it never made whole.");

    /// <summary>Takes blocks of the arena, as those of earlier results become free.</summary>
    /// <returns>The bytes of blocks that results take turns in.</returns>
    private long Place()
    {
        version = arena.Version;
        HashSet<int> read = [.. rented];
        Dictionary<int, Storage> taken = [];
        PlanArena.Assignment assignment = arena.Begin();
        Queue<Lifetime> ending = new(lifetimes.Values.OrderBy(lifetime => lifetime.Last));
        foreach (Lifetime lifetime in lifetimes.Values.OrderBy(lifetime => lifetime.First))
        {
            while (ending.Peek().Last < lifetime.First)
            {
                if (taken.TryGetValue(ending.Dequeue().Result, out Storage? unused))
                {
                    assignment.Give(unused);
                }
            }
            int index = lifetime.Result;
            Tensor value = values[index - program.Start]!;
            if (read.Contains(index))
            {
                continue;
            }
            if (margins.TryGetValue(index, out int margin))
            {
                value.PointTo(assignment.TakeFramed(FrameOf(value, margin), value.Shape[0], value.DType));
                continue;
            }
            value.PointTo(taken[index] = assignment.Take(value.Shape.Count * value.DType.ByteSize));
        }
        return taken.Values.Distinct().Sum(block => (long)block.Capacity);
    }

    /// <summary>The sources of which a step wants tensors; loops look at memory alone.</summary>
    private IEnumerable<int> Sources(PlanGroup group)
    {
        IEnumerable<int> sources = group.Units.SelectMany(unit => unit.Sources);
        return group.Space.Count == 0
            ? sources
            : sources.Select(program.MemoryOf).Where(root => !TiledLoopBuilder.IsNumber(program, root));
    }

    /// <summary>Gives a source that is read its tensor: what shows the memory of another result, and what is constant. What shows a result that is
    /// never held whole gets none: walks over the batch make their own of each stretch.</summary>
    private void AddView(int source)
    {
        ref Tensor? value = ref values[source - program.Start];
        if (program.Depends(source))
        {
            int root = program.MemoryOf(source);
            if (root != source && (program.IsGiven(root) || values[root - program.Start] is not null))
            {
                value = Tensor.Unbound(program.SpecOf(source));
                views.Add(source);
            }
            return;
        }
        value = program.Constant(source);
        if (program.Escapes.Contains(source))
        {
            // Its memory goes to the user, who gets another block in every run.
            value = Tensor.Unbound(program.SpecOf(source));
            rented.Add(source);
        }
    }
}
