using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>The planned program of one segment of a step: what is needed, fused, ordered, with its memory assigned.</summary>
internal sealed class SegmentPlan : StreamPlan
{
    /// <summary>Elements of an average result from which threads do more for runs than straight-line code on one: bench `particles`.</summary>
    private const int ThreadsBeatCode = 512;

    private readonly SegmentProgram program;
    private readonly PlanMemory memory;
    private readonly List<PlanStage> stages;
    private readonly List<PlanGroup> groups;

    public SegmentPlan(RecordedStream stream, int start, int end)
    {
        program = new SegmentProgram(stream, start, end);
        memory = new PlanMemory(program, start, end);
        List<PlannedUnit> units = UnitFusion.Run(program);
        RunSchedule? runs = RunSchedule.TryCreate(program, units);
        groups = runs?.Groups ?? PlanSchedule.Run(program, units);
        Dictionary<int, Lifetime> lifetimes = Lifetimes();
        runs?.Separate(lifetimes);
        Dictionary<int, int> margins = ImageMargins.Run(program, groups);
        memory.Assign(lifetimes, groups, margins);
        List<PlanStep> steps = groups.ConvertAll<PlanStep>(group => group switch
        {
            { Batch: > 0 } => new BatchGroup(group.Batch, group.Units, lifetimes.ContainsKey, program, margins),
            { Space.Count: > 0 } => new TiledLoop(group, lifetimes.ContainsKey, program),
            _ => new UnitStep(group.Units[0]),
        });
        PrefersThreads = runs is not null && units.Average(unit => (double)program.SpecOf(unit.Output).Shape.Count) >= ThreadsBeatCode;
        stages = runs?.Stages(steps) ?? [new PlanStage([[.. steps]])];
    }

    /// <summary>Whether straight-line code is likely to be no faster: runs of some size share the threads.</summary>
    public bool PrefersThreads { get; }

    public override bool IsOutdated => program.IsOutdated;

    public override void Run(List<Tensor> results, List<Tensor> outside, StepScope scope)
    {
        memory.Bind(results, outside, scope);
        foreach (PlanStage stage in stages)
        {
            stage.Run(memory);
        }
        memory.Release();
    }

    public override PlanSegment Describe(int recorded, string? reader)
    {
        Dictionary<int, PlannedUnit> makers = groups.SelectMany(group => group.Units).ToDictionary(unit => unit.Output);
        int[][] reads = PlanDescription.Reads(
            [.. groups.Select(group => group.Units.ConvertAll(unit => unit.Output))], output => makers[output].Reads(program));
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
                group.Units[0] is { Fusing: not null, IsLayout: false } ? null : PlanDescription.ReasonFor(group.Units[0].Node)),
        };
    }

    /// <summary>Which results are held whole, and from which step to which.</summary>
    private Dictionary<int, Lifetime> Lifetimes()
    {
        Dictionary<int, int> made = [];
        Dictionary<int, Lifetime> lifetimes = [];
        HashSet<int> read = [.. program.Results];
        for (int step = 0; step < groups.Count; step++)
        {
            foreach (PlannedUnit unit in groups[step].Units)
            {
                made[unit.Output] = step;
                if (!groups[step].IsShared || unit.IsLaneSum || read.Contains(unit.Output))
                {
                    lifetimes[unit.Output] = new Lifetime(unit.Output, step, step);
                }
            }
        }
        for (int step = 0; step < groups.Count; step++)
        {
            foreach (int source in groups[step].Units.SelectMany(unit => unit.Reads(program)))
            {
                if (made[source] != step || !groups[step].IsShared)
                {
                    lifetimes[source] = new Lifetime(source, made[source], step);
                }
            }
        }
        return lifetimes;
    }
}
