using Pyrite.Engine;
using Pyrite.Kernels.Convolution;
using Pyrite.Kernels.Memory;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>One thread's walk over a lane of a batch: its own small blocks for what the group hands on, and views of what is held whole.</summary>
internal sealed class BatchWalk
{
    private readonly int stretch;
    private readonly List<PlannedUnit> units;
    private readonly PackedConvolution?[] convolutions;
    private readonly LaneGradient?[] sums;
    private readonly Dictionary<int, Storage> blocks = [];
    private readonly Dictionary<int, Variant> variants = [];
    private readonly RecordedProgram program;
    private readonly Dictionary<int, int> margins;
    private readonly int batch;

    public BatchWalk(int batch, int stretch, List<PlannedUnit> units, PackedConvolution?[] convolutions, LaneGradient?[] sums,
        Func<int, bool> isWhole, RecordedProgram program, Dictionary<int, int> margins)
    {
        this.batch = batch;
        this.stretch = stretch;
        this.units = units;
        this.convolutions = convolutions;
        this.sums = sums;
        this.program = program;
        this.margins = margins;
        foreach (PlannedUnit unit in units)
        {
            if (!isWhole(unit.Output))
            {
                TensorSpec spec = BatchSplit.Stretch(unit.Node.Spec, stretch);
                blocks[unit.Output] = margins.TryGetValue(unit.Output, out int margin)
                    ? PlanMemory.FramedBlock(spec, margin)
                    : Storage.Allocate(spec.Shape.Count * spec.DType.ByteSize, pinned: true);
            }
        }
    }

    /// <summary>Runs the group's units on entries [first, end), a stretch at a time.</summary>
    public void Run(PlanMemory memory, int lane, int first, int end)
    {
        for (int at = first; at < end; at += stretch)
        {
            int count = Math.Min(stretch, end - at);
            if (!variants.TryGetValue(count, out Variant? variant))
            {
                variants[count] = variant = new Variant(this, count);
            }
            variant.Run(memory, lane, at, at == first);
        }
    }

    /// <summary>The tensors and operations for a stretch of a certain length.</summary>
    private sealed class Variant
    {
        private readonly BatchWalk walk;
        private readonly int count;
        private readonly Dictionary<int, Tensor> tensors = [];
        private readonly List<(int Source, Tensor View, int Elements)> views = [];
        private readonly RecordedNode?[] nodes;
        private readonly Tensor?[][] inputs;
        private readonly List<(int Unit, int Input)> whole = [];

        public Variant(BatchWalk walk, int count)
        {
            this.walk = walk;
            this.count = count;
            nodes = new RecordedNode?[walk.units.Count];
            inputs = new Tensor?[walk.units.Count][];
            for (int i = 0; i < nodes.Length; i++)
            {
                PlannedUnit unit = walk.units[i];
                inputs[i] = new Tensor?[unit.Inputs.Length];
                for (int k = 0; k < unit.Inputs.Length; k++)
                {
                    if (IsBatched(unit, k))
                    {
                        inputs[i][k] = TensorOf(unit.Inputs[k]);
                    }
                    else
                    {
                        whole.Add((i, k));
                    }
                }
                if (unit.Mask is { } mask)
                {
                    TensorOf(mask);
                }
                if (!unit.IsLaneSum)
                {
                    TensorOf(unit.Output);
                    nodes[i] = unit.IsConvolution ? null : unit.Node.ForBatch(count, walk.batch, BatchSplit.Stretch(unit.Node.Spec, count));
                }
            }
        }

        public void Run(PlanMemory memory, int lane, int first, bool starts)
        {
            foreach ((int source, Tensor view, int elements) in views)
            {
                view.PointTo(memory[source], first * elements);
            }
            foreach ((int unit, int input) in whole)
            {
                inputs[unit][input] = memory[walk.units[unit].Inputs[input]];
            }
            for (int i = 0; i < nodes.Length; i++)
            {
                PlannedUnit unit = walk.units[i];
                Tensor?[] sources = inputs[i];
                if (walk.convolutions[i] is { } convolution)
                {
                    convolution.Run(sources[0]!.RawBytes(), tensors[unit.Output].WriteBytes(), sources.Length > 2 ? sources[2]!.RawBytes() : [],
                        unit.Relu, unit.Mask is { } mask ? tensors[mask].RawBytes() : [], count);
                }
                else if (walk.sums[i] is { } sum)
                {
                    sum.Add(lane, sources[0]!.RawBytes(), sources[^1]!.RawBytes(), count, starts);
                }
                else if (unit.IsLayout && (unit.Mask is not null || walk.margins.ContainsKey(unit.Output)))
                {
                    Tensor result = tensors[unit.Output];
                    ImageLayout frame = PlanMemory.FrameOf(result, walk.margins.GetValueOrDefault(unit.Output));
                    MarginLayout.Run(result.DType, sources[0]!.RawBytes(), unit.Mask is { } mask ? tensors[mask].RawBytes() : [],
                        result.WriteBytes(), frame, count);
                }
                else
                {
                    nodes[i]!.Execute(sources!, tensors[unit.Output]);
                }
            }
        }

        private bool IsBatched(PlannedUnit unit, int input) => unit.IsConvolution
            ? input == 0
            : unit.IsLaneSum || BatchSplit.Role(unit, walk.program.SpecOf(unit.Inputs[input]), walk.batch) == true;

        private Tensor TensorOf(int source)
        {
            if (tensors.TryGetValue(source, out Tensor? tensor))
            {
                return tensor;
            }
            TensorSpec spec = walk.program.SpecOf(source);
            tensors[source] = tensor = Tensor.Unbound(BatchSplit.Stretch(spec, count));
            int root = walk.program.MemoryOf(source);
            if (walk.blocks.TryGetValue(root, out Storage? block))
            {
                tensor.PointTo(block);
            }
            else
            {
                views.Add((source, tensor, walk.margins.TryGetValue(root, out int margin)
                    ? (int)PlanMemory.FrameOf(spec, margin).Image
                    : (int)(spec.Shape.Count / walk.batch)));
            }
            return tensor;
        }
    }
}
