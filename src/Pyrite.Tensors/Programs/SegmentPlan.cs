using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>The planned program of one segment of a step: what is needed, fused, ordered, with its memory assigned.</summary>
internal sealed class SegmentPlan : StreamPlan
{
    /// <summary>Elements of an average result from which threads do more for runs than straight-line code on one.</summary>
    private const int ThreadsBeatCode = 512;

    private readonly PlanMemory memory;
    private readonly List<PlanStage> stages;
    private readonly List<PlanGroup> groups;
    private readonly int start;

    public SegmentPlan(RecordedStream stream, int start, int end)
    {
        this.start = start;
        memory = new PlanMemory(stream, start, end);
        List<PlannedUnit> units = UnitFusion.Run(stream, start, end);
        RunSchedule? runs = RunSchedule.TryCreate(stream, units, start, SpecOf);
        List<PlanGroup> schedule = runs?.Groups ?? PlanSchedule.Run(units, start, SpecOf);
        groups = schedule;
        Dictionary<int, (int First, int Last)> lifetimes = Lifetimes(stream, start, schedule);
        runs?.Separate(lifetimes);
        Dictionary<int, int> margins = ImageMargins.Run(stream, schedule);
        memory.Assign(lifetimes, schedule.Count, margins);
        List<PlanStep> steps = [];
        foreach (PlanGroup group in schedule)
        {
            steps.Add(group switch
            {
                { Batch: > 0 } => new BatchGroup(group.Batch, group.Units, lifetimes.ContainsKey, SpecOf, margins),
                { Space.Count: > 0 } => new TiledLoop(group, lifetimes.ContainsKey, SpecOf),
                _ => new UnitStep(group.Units[0]),
            });
        }
        PrefersThreads = runs is not null && units.Average(unit => (double)SpecOf(unit.Output).Shape.Count) >= ThreadsBeatCode;
        stages = runs?.Stages(steps) ?? [new PlanStage([[.. steps]])];

        TensorSpec SpecOf(int source) => source >= 0 ? stream.Nodes[source].Spec : stream.Outside[-1 - source].Spec;
    }

    /// <summary>Whether straight-line code is likely to be no faster: runs of some size share the threads.</summary>
    public bool PrefersThreads { get; }

    public override void Run(List<Tensor> results, List<Tensor> outside, StepScope scope)
    {
        memory.Bind(results, outside, scope);
        foreach (PlanStage stage in stages)
        {
            stage.Run(memory);
        }
        memory.Release();
    }

    /// <summary>The plan in words.</summary>
    /// <param name="recorded">How many operations were recorded.</param>
    /// <param name="reader">The line that ends the segment.</param>
    public PlanSegment Describe(int recorded, string? reader)
    {
        int[][] reads = PlanDescription.Reads(
            [.. groups.Select(group => group.Units.ConvertAll(unit => unit.Output))],
            output => groups.SelectMany(group => group.Units).First(unit => unit.Output == output).Sources.Where(source => source >= start));
        return new PlanSegment([.. groups.Select((group, i) => Describe(group, reads[i]))], false, memory.Bytes,
            recorded - groups.Sum(group => group.Units.Sum(unit => unit.Names.Count())), reader);
    }

    private static PlanPart Describe(PlanGroup group, int[] reads)
    {
        string[] names = [.. group.Units.SelectMany(unit => unit.Names)];
        return group switch
        {
            { Batch: > 0 } => new PlanPart(PlanPartKind.Batch, names, group.Units.Max(unit => unit.Node.Spec.Shape.Count), reads),
            { Space.Count: > 0 } => new PlanPart(PlanPartKind.Loop, names, group.Space.Count, reads),
            _ => new PlanPart(PlanPartKind.Kernel, names, group.Units[0].Node.Spec.Shape.Count, reads,
                group.Units[0].IsConvolution || group.Units[0].IsProduct ? null : PlanDescription.ReasonFor(group.Units[0].Node)),
        };
    }

    /// <summary>Which results are held whole, and from which step to which.</summary>
    private static Dictionary<int, (int First, int Last)> Lifetimes(RecordedStream stream, int start, List<PlanGroup> schedule)
    {
        Dictionary<int, int> made = [];
        Dictionary<int, (int First, int Last)> lifetimes = [];
        for (int step = 0; step < schedule.Count; step++)
        {
            foreach (PlannedUnit unit in schedule[step].Units)
            {
                made[unit.Output] = step;
                if (!schedule[step].IsShared || unit.IsLaneSum || stream.Escapes.Contains(unit.Output))
                {
                    lifetimes[unit.Output] = (step, step);
                }
            }
        }
        for (int step = 0; step < schedule.Count; step++)
        {
            foreach (PlannedUnit unit in schedule[step].Units)
            {
                foreach (int source in unit.Sources)
                {
                    if (source >= start && (made[source] != step || !schedule[step].IsShared))
                    {
                        Extend(source, step);
                    }
                }
            }
        }

        // An alias and what it stands for live equally long, and what escapes through an alias must escape itself.
        // Views of views come after what they view, so that going backwards reaches what they all stand for.
        foreach (PlannedUnit unit in schedule.SelectMany(s => s.Units).Reverse())
        {
            int root = unit.Node.IsAlias ? unit.Inputs[0] : -1;
            if (root >= start && lifetimes.TryGetValue(unit.Output, out (int First, int Last) life))
            {
                Extend(root, life.Last);
                if (stream.Escapes.Contains(unit.Output))
                {
                    stream.Escapes.Add(root);
                }
            }
        }
        return lifetimes;

        void Extend(int source, int step) =>
            lifetimes[source] =
                lifetimes.TryGetValue(source, out (int First, int Last) life) ? (life.First, Math.Max(life.Last, step)) : (made[source], step);
    }
}
