using Pyrite.Engine.Properties;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>The order of the units of a plan: single ones as early as possible, then walks over elements, then over the batch.</summary>
internal sealed class PlanSchedule : WalkOrder<PlannedUnit>
{
    private readonly RecordedProgram program;
    private readonly int batch;
    private readonly List<PlanGroup> schedule = [];
    private readonly HashSet<PlannedUnit> splits;
    private readonly Dictionary<PlannedUnit, LoopSpace> spaces;

    private PlanSchedule(RecordedProgram program, List<PlannedUnit> units, IEnumerable<int> before)
        : base(units, unit => unit.Output, unit => [.. unit.Reads(program)], before)
    {
        this.program = program;
        batch = units.Where(u => u.IsConvolution).Select(u => u.Shape!.Value.Batch).DefaultIfEmpty(0).Max();
        splits = batch > 0 ? [.. units.Where(u => BatchSplit.Allows(u, batch, program))] : [];
        spaces = units.ToDictionary(u => u, u => ElementwiseFit.Space(u, program));
    }

    /// <summary>Groups of units in an order that respects what they read.</summary>
    /// <param name="program">The program that the units are of.</param>
    /// <param name="units">The units to order.</param>
    /// <param name="before">What units of earlier stages have made.</param>
    public static List<PlanGroup> Run(RecordedProgram program, List<PlannedUnit> units, IEnumerable<int>? before = null)
    {
        PlanSchedule planning = new(program, units, before ?? []);
        planning.Run();
        return planning.schedule;
    }

    protected override bool IsAlone(PlannedUnit unit) => !splits.Contains(unit) && spaces[unit].Count == 0;

    protected override bool Begins(PlannedUnit unit) => !splits.Contains(unit) && spaces[unit].Count > 0;

    protected override bool Joins(PlannedUnit unit, PlannedUnit first, Dictionary<int, PlannedUnit> walk) => !splits.Contains(unit)
        && (spaces[unit] == spaces[first] || (spaces[unit].Count == 0 && walk.ContainsKey(program.MemoryOf(unit.Inputs.FirstOrDefault(-1)))
            && ElementwiseFit.Follows(unit, spaces[first].Count, walk.Values.Select(RowOf).FirstOrDefault(row => row > 0))));

    /// <summary>What the loop makes is read along with it; a sum is there only after it, and a part of its elements is not read in their
    /// order.</summary>
    protected override bool HandsOn(PlannedUnit maker, PlannedUnit reader)
    {
        int count = spaces[maker].Count;
        return count > 0
            && Array.TrueForAll(reader.Inputs, input => program.MemoryOf(input) != maker.Output || program.SpecOf(input).Shape.Count == count);
    }

    protected override void AddAlone(PlannedUnit unit) => schedule.Add(PlanGroup.Single(unit));

    protected override void AddWalk(List<PlannedUnit> units)
    {
        if (units.Count > 1 && units.Exists(unit => unit.Node.Form is not null))
        {
            schedule.Add(new PlanGroup(0, spaces[units[0]], units));
        }
        else
        {
            units.ForEach(AddAlone);
        }
    }

    /// <summary>A walk over the batch; units without a convolution among them are better off as others.</summary>
    protected override bool TryAddOther()
    {
        List<PlannedUnit> group = TakeTogether(
            (unit, taken) => splits.Contains(unit) && !NeedsWhole(unit, taken), units => units.Exists(unit => unit.Shape is not null));
        if (group.Exists(unit => unit.Shape is not null))
        {
            schedule.Add(new PlanGroup(batch, default, group));
        }
        else
        {
            splits.ExceptWith(group);
        }
        return group.Count > 0;
    }

    private static int RowOf(PlannedUnit unit) => unit.Node.Boxed is IReduction sum ? sum.Reduced : 0;

    /// <summary>Whether a unit reads a result of the group that is complete only after the group's walk.</summary>
    private bool NeedsWhole(PlannedUnit unit, List<PlannedUnit> group)
    {
        bool isWalked = unit.Shape is not null || unit.IsLaneSum;
        return unit.Sources.Where(program.IsMade).Any(source => group.Find(maker => maker.Output == program.MemoryOf(source)) is { } maker
            && (maker.IsLaneSum || (!isWalked && BatchSplit.Role(unit, program.SpecOf(source), batch) == false)));
    }
}
