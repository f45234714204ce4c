using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>Orders units so that what can share a walk over the batch stands together: single units as early as possible, then a group.</summary>
internal static class PlanSchedule
{
    /// <summary>Groups of units in an order that respects what they read; a group of one runs on the whole batch.</summary>
    public static List<(int Batch, List<PlannedUnit> Units)> Run(List<PlannedUnit> units, int start, Func<int, TensorSpec> specOf)
    {
        List<(int, List<PlannedUnit>)> schedule = [];
        HashSet<int> made = [];
        List<PlannedUnit> open = [.. units];
        int batch = units.Where(u => u.IsConvolution).Select(u => u.Shape!.Value.Batch).DefaultIfEmpty(0).Max();
        Dictionary<PlannedUnit, bool> splits = units.ToDictionary(u => u, u => batch > 0 && BatchSplit.Allows(u, batch, specOf));
        while (open.Count > 0)
        {
            for (int i = 0; i < open.Count;)
            {
                if (!splits[open[i]] && IsReady(open[i]))
                {
                    schedule.Add((0, [open[i]]));
                    made.Add(open[i].Output);
                    open.RemoveAt(i);
                    i = 0;
                    continue;
                }
                i++;
            }
            if (open.Count == 0)
            {
                break;
            }
            List<PlannedUnit> group = [];
            for (int i = 0; i < open.Count;)
            {
                if (splits[open[i]] && IsReady(open[i]) && !NeedsWhole(open[i], group, batch, specOf))
                {
                    group.Add(open[i]);
                    made.Add(open[i].Output);
                    open.RemoveAt(i);
                    i = 0;
                    continue;
                }
                i++;
            }
            if (group.Exists(u => u.Shape is not null))
            {
                schedule.Add((batch, group));
            }
            else
            {
                group.ForEach(u => schedule.Add((0, [u])));
            }
        }
        return schedule;

        bool IsReady(PlannedUnit unit) => unit.Sources.All(s => s < start || made.Contains(s));
    }

    /// <summary>Whether a unit reads a result of the group that is complete only after the group's walk.</summary>
    private static bool NeedsWhole(PlannedUnit unit, List<PlannedUnit> group, int batch, Func<int, TensorSpec> specOf)
    {
        foreach (PlannedUnit maker in group)
        {
            if (!unit.Sources.Contains(maker.Output))
            {
                continue;
            }
            if (maker.IsLaneSum || (unit.Shape is null && !unit.IsLaneSum && BatchSplit.Role(unit, specOf(maker.Output), batch) == false))
            {
                return true;
            }
        }
        return false;
    }
}
