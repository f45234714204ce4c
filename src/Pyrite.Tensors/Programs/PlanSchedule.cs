using Pyrite.Ops.Reductions;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs;

/// <summary>Orders units so that what can share a walk stands together: single units as early as possible, then walks over elements, then over the
/// batch.</summary>
internal sealed class PlanSchedule
{
    private readonly RecordedProgram program;
    private readonly int batch;
    private readonly List<PlannedUnit> open;
    private readonly List<PlanGroup> schedule = [];
    private readonly HashSet<int> made;
    private readonly HashSet<PlannedUnit> splits;
    private readonly Dictionary<PlannedUnit, LoopSpace> spaces;
    private readonly Dictionary<PlannedUnit, int[]> reads;

    private PlanSchedule(RecordedProgram program, List<PlannedUnit> units, IEnumerable<int> before)
    {
        made = [.. before];
        this.program = program;
        open = [.. units];
        batch = units.Where(u => u.IsConvolution).Select(u => u.Shape!.Value.Batch).DefaultIfEmpty(0).Max();
        splits = batch > 0 ? [.. units.Where(u => BatchSplit.Allows(u, batch, program))] : [];
        spaces = units.ToDictionary(u => u, u => ElementwiseFit.Space(u, program));
        reads = units.ToDictionary(u => u, u => u.Reads(program).ToArray());
    }

    /// <summary>Groups of units in an order that respects what they read.</summary>
    /// <param name="program">The program that the units are of.</param>
    /// <param name="units">The units to order.</param>
    /// <param name="before">What units of earlier stages have made.</param>
    public static List<PlanGroup> Run(RecordedProgram program, List<PlannedUnit> units, IEnumerable<int>? before = null)
    {
        PlanSchedule planning = new(program, units, before ?? []);
        while (planning.open.Count > 0)
        {
            planning.AddSingles();
            if (!planning.AddElementwise() && planning.open.Count > 0)
            {
                planning.AddBatch();
            }
        }
        return planning.schedule;
    }

    /// <summary>Everything that shares no walk. One pass is enough: units come after what they read.</summary>
    private void AddSingles() =>
        Take(unit => !splits.Contains(unit) && spaces[unit].Count == 0 && IsReady(unit), unit => schedule.Add(PlanGroup.Single(unit)));

    /// <summary>A walk over elements with as many units as can join it; false where there is none.</summary>
    private bool AddElementwise()
    {
        PlannedUnit? first = open.Find(u => !splits.Contains(u) && spaces[u].Count > 0 && IsReady(u));
        if (first is null)
        {
            return false;
        }
        LoopSpace space = spaces[first];
        int row = 0;
        Dictionary<int, PlannedUnit> inside = [];
        List<PlannedUnit> group = [];
        Take(
            unit => !splits.Contains(unit) && Joins(unit),
            unit =>
            {
                group.Add(unit);
                inside[unit.Output] = unit;
                row = unit.Node.Boxed is SumOperation sum ? sum.Reduced : row;
            });
        if (group.Count > 1 && group.Exists(u => u.Node.Form is not null))
        {
            schedule.Add(new PlanGroup(0, space, group));
        }
        else
        {
            group.ForEach(u => schedule.Add(PlanGroup.Single(u)));
        }
        return true;

        bool Joins(PlannedUnit unit)
        {
            if (spaces[unit] != space && !(spaces[unit].Count == 0 && inside.ContainsKey(program.MemoryOf(unit.Inputs.FirstOrDefault(-1)))
                && ElementwiseFit.Follows(unit, space.Count, row)))
            {
                return false;
            }

            // What the loop makes is read along with it; a sum is there only after it, and a part of its elements is not read in their order.
            return IsReady(unit) && Array.TrueForAll(unit.Inputs, source => !inside.TryGetValue(program.MemoryOf(source), out PlannedUnit? maker)
                || (maker.Node.Spec.Shape.Count == space.Count && program.SpecOf(source).Shape.Count == space.Count));
        }
    }

    /// <summary>A walk over the batch; units without a convolution among them are better off as others.</summary>
    private void AddBatch()
    {
        List<PlannedUnit> before = [.. open];
        List<PlannedUnit> group = [];
        Take(unit => splits.Contains(unit) && IsReady(unit) && !NeedsWhole(unit, group), group.Add);
        if (group.Exists(u => u.Shape is not null))
        {
            schedule.Add(new PlanGroup(batch, default, group));
            return;
        }
        open.Clear();
        open.AddRange(before);
        foreach (PlannedUnit unit in group)
        {
            splits.Remove(unit);
            made.Remove(unit.Output);
        }
    }

    /// <summary>Moves units that fit from the open ones to the made ones.</summary>
    private void Take(Predicate<PlannedUnit> fits, Action<PlannedUnit> add) => open.RemoveAll(unit =>
    {
        bool taken = fits(unit);
        if (taken)
        {
            made.Add(unit.Output);
            add(unit);
        }
        return taken;
    });

    private bool IsReady(PlannedUnit unit) => Array.TrueForAll(reads[unit], made.Contains);

    /// <summary>Whether a unit reads a result of the group that is complete only after the group's walk.</summary>
    private bool NeedsWhole(PlannedUnit unit, List<PlannedUnit> group)
    {
        bool isWalked = unit.Shape is not null || unit.IsLaneSum;
        return unit.Sources.Where(program.IsMade).Any(source => group.Find(maker => maker.Output == program.MemoryOf(source)) is { } maker
            && (maker.IsLaneSum || (!isWalked && BatchSplit.Role(unit, program.SpecOf(source), batch) == false)));
    }
}
