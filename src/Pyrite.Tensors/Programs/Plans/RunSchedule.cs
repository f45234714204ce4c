using Pyrite.Kernels.Threads;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>The schedule of a segment that holds several independent runs of a model: stages in which rows of runs share the threads, and stages of
/// what they have in common.</summary>
/// <remarks>A unit belongs to the row of its run, or of the only row that it reads from; what reads several rows is common. A unit comes a stage
/// later than everything it reads of others, so the rows of a stage need nothing of each other. Bits do not depend on any of this.</remarks>
internal sealed class RunSchedule
{
    /// <summary>Elements that each of two rows must compute in a stage to be worth two threads: bench `particles`.</summary>
    private const long FewestElements = 32 * 1024;

    /// <summary>Bytes of results in a stage of rows, which all have blocks of their own, up to which rows pay: bench `particles`.</summary>
    private const long MostBytes = 256L << 20;

    private const int Common = -1;

    private readonly List<List<List<PlanGroup>>> stages = [];

    private RunSchedule()
    {
    }

    /// <summary>All groups in an order that respects what they read.</summary>
    public List<PlanGroup> Groups { get; } = [];

    /// <summary>The schedule; null where all units are better put together.</summary>
    public static RunSchedule? TryCreate(RecordedProgram program, List<PlannedUnit> units)
    {
        int runs = 0;
        foreach (PlannedUnit unit in units)
        {
            runs = Math.Max(runs, program.RunOf(unit.Output).Number + 1);
        }
        int rows = Math.Min(runs, WorkerPool.ThreadCount);
        if (rows < 2)
        {
            return null;
        }
        Dictionary<int, (int Row, int Stage)> places = [];
        List<List<PlannedUnit>[]> stages = [];
        foreach (PlannedUnit unit in units)
        {
            (int row, int stage) = places[unit.Output] = PlaceOf(program, unit, places, runs, rows);
            while (stages.Count <= stage)
            {
                stages.Add([.. Enumerable.Range(0, rows + 1).Select(_ => new List<PlannedUnit>())]);
            }
            stages[stage][row + 1].Add(unit);
        }
        if (!stages.Exists(stage => IsWorthThreads(stage, program)) || stages.Exists(stage => Bytes(stage) > MostBytes))
        {
            return null;
        }
        RunSchedule schedule = new();
        HashSet<int> made = [];
        foreach (List<PlannedUnit>[] stage in stages)
        {
            schedule.Add(IsWorthThreads(stage, program) ? stage : [[.. stage.SelectMany(row => row).OrderBy(unit => unit.Output)]], program, made);
        }
        return schedule;
    }

    /// <summary>Keeps the blocks of a stage of rows apart: what one row lets go another may not take while both run.</summary>
    public void Separate(Dictionary<int, Lifetime> lifetimes)
    {
        int first = 0;
        foreach (List<List<PlanGroup>> stage in stages)
        {
            int last = first + stage.Sum(row => row.Count) - 1;
            if (stage.Count > 1)
            {
                foreach ((int index, int from, int to) in lifetimes.Values.ToArray())
                {
                    lifetimes[index] = new Lifetime(index, from > first && from <= last ? first : from, to >= first && to < last ? last : to);
                }
            }
            first = last + 1;
        }
    }

    /// <summary>The steps of all groups, put together in stages.</summary>
    public List<PlanStage> Stages(IReadOnlyList<PlanStep> steps)
    {
        List<PlanStage> result = [];
        int next = 0;
        foreach (List<List<PlanGroup>> stage in stages)
        {
            PlanStep[][] rows = new PlanStep[stage.Count][];
            for (int row = 0; row < rows.Length; row++)
            {
                rows[row] = [.. steps.Skip(next).Take(stage[row].Count)];
                next += stage[row].Count;
            }
            result.Add(new PlanStage(rows));
        }
        return result;
    }

    /// <summary>The common units stand in even stages, the rows in odd ones.</summary>
    private static (int Row, int Stage) PlaceOf(RecordedProgram program, PlannedUnit unit, Dictionary<int, (int Row, int Stage)> places,
        int runs, int rows)
    {
        StepRun run = program.RunOf(unit.Output);
        int row = run == StepRun.None ? Common : (int)((long)run.Number * rows / runs);
        (int Row, int Stage)[] read = [.. unit.Reads(program).Select(source => places[source])];
        if (row == Common)
        {
            foreach ((int other, _) in read)
            {
                if (other != Common && row != Common && other != row)
                {
                    row = Common;
                    break;
                }
                row = other == Common ? row : other;
            }
        }
        int stage = row == Common ? 0 : 1;
        foreach ((int other, int before) in read)
        {
            int earliest = other == row ? before : before + 1;
            stage = Math.Max(stage, (earliest & 1) == (row == Common ? 0 : 1) ? earliest : earliest + 1);
        }
        return (row, stage);
    }

    private static bool IsWorthThreads(List<PlannedUnit>[] stage, RecordedProgram program) =>
        stage.Skip(1).Count(row => row.Sum(unit => Work(unit, program)) >= FewestElements) > 1;

    /// <summary>The elements that a unit looks at; a product looks at each many times.</summary>
    private static long Work(PlannedUnit unit, RecordedProgram program) =>
        unit.Inputs.Append(unit.Output).Max(source => program.SpecOf(source).Shape.Count);

    private static long Bytes(List<PlannedUnit>[] stage) =>
        stage.Skip(1).SelectMany(row => row).Sum(unit => unit.Node.Spec.Shape.Count * unit.Node.Spec.DType.ByteSize);

    private void Add(List<PlannedUnit>[] rows, RecordedProgram program, HashSet<int> made)
    {
        List<List<PlanGroup>> stage = [];
        foreach (List<PlannedUnit> row in rows)
        {
            if (row.Count > 0)
            {
                stage.Add(PlanSchedule.Run(program, row, made));
            }
        }
        foreach (List<PlannedUnit> row in rows)
        {
            made.UnionWith(row.Select(unit => unit.Output));
        }
        stages.Add(stage);
        Groups.AddRange(stage.SelectMany(row => row));
    }
}
