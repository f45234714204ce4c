using System.Collections.Concurrent;
using Pyrite.Engine;
using Pyrite.Kernels.Convolution;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Threads;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>Units that walk over the batch together, a few entries at a time, so that what they hand to each other stays in the cache.</summary>
/// <remarks>The batch is cut into lanes, which threads share; a lane goes through its entries in order. What is used inside the group only is never
/// held whole.</remarks>
internal sealed class BatchGroup : PlanStep
{
    /// <summary>The part of the second-level cache that a stretch may fill, in 256ths: bench `vae`.</summary>
    private const int CacheShare = 225;

    /// <summary>More entries at a time gain nothing: bench `vae`.</summary>
    private const int LargestStretch = 8;

    private readonly int batch;
    private readonly int stretch;
    private readonly List<PlannedUnit> units;
    private readonly PackedConvolution?[] convolutions;
    private readonly LaneGradient?[] sums;
    private readonly Func<int, bool> isWhole;
    private readonly RecordedProgram program;
    private readonly Dictionary<int, int> margins;
    private readonly ConcurrentBag<BatchWalk> idle = [];
    private PlanMemory? memory;

    public BatchGroup(int batch, List<PlannedUnit> units, Func<int, bool> isWhole, RecordedProgram program, Dictionary<int, int> margins)
    {
        this.batch = batch;
        this.units = units;
        this.isWhole = isWhole;
        this.program = program;
        this.margins = margins;
        convolutions = new PackedConvolution?[units.Count];
        sums = new LaneGradient?[units.Count];
        for (int i = 0; i < units.Count; i++)
        {
            PlannedUnit unit = units[i];
            DType type = unit.Node.Spec.DType;
            if (unit.IsConvolution)
            {
                convolutions[i] =
                    PackedConvolution.Create(unit.Shape!.Value, unit.IsTransposed, type, Margin(unit.Inputs[0]),
                        Margin(unit.Output));
            }
            else if (unit.Shape is { } shape)
            {
                sums[i] = LaneGradient.OfWeights(shape, type, Margin(unit.Inputs[0]), Margin(unit.Inputs[1]));
            }
            else if (unit.IsLaneSum)
            {
                sums[i] = LaneGradient.OfBias(batch, PlanMemory.FrameOf(program.SpecOf(unit.Inputs[0]), Margin(unit.Inputs[0])), type);
            }
        }
        stretch = Stretch();
    }

    public override void Run(PlanMemory memory)
    {
        this.memory = memory;
        for (int i = 0; i < units.Count; i++)
        {
            convolutions[i]?.Pack(memory[units[i].Inputs[1]].RawBytes());
        }
        Body body = new(this);
        WorkerPool.For(BatchSplit.Lanes, ref body);
        for (int i = 0; i < units.Count; i++)
        {
            sums[i]?.Finish(memory[units[i].Output].WriteBytes());
        }
        this.memory = null;
    }

    private int Margin(int source) => margins.GetValueOrDefault(program.MemoryOf(source));

    private void RunLane(int lane)
    {
        BatchWalk walk =
            idle.TryTake(out BatchWalk? used) ? used : new BatchWalk(batch, stretch, units, convolutions, sums, isWhole, program, margins);
        int first = (int)((long)batch * lane / BatchSplit.Lanes);
        int end = (int)((long)batch * (lane + 1) / BatchSplit.Lanes);
        walk.Run(memory!, lane, first, end);
        idle.Add(walk);
    }

    /// <summary>As many entries at a time as the cache holds.</summary>
    private int Stretch()
    {
        HashSet<int> touched = [.. units.SelectMany(u => u.Sources.Append(u.Output))];
        long bytes = 0;
        foreach (int source in touched)
        {
            TensorSpec spec = program.SpecOf(source);
            if (spec.Shape.Rank > 0 && spec.Shape[0] == batch)
            {
                bytes += spec.Shape.Count / batch * spec.DType.ByteSize;
            }
        }
        return (int)Math.Clamp(SecondLevelCache.Bytes / 256 * CacheShare / Math.Max(bytes, 1), 1, LargestStretch);
    }

    private readonly struct Body(BatchGroup group) : IParallelBody
    {
        public void Run(int index) => group.RunLane(index);
    }
}
