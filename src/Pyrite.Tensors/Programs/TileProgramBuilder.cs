using Pyrite.Engine;
using Pyrite.Kernels.Chains;
using Pyrite.Ops.Reductions;

namespace Pyrite.Programs;

/// <summary>Puts the units of an element-wise group into stages that run tile by tile.</summary>
internal sealed class TileProgramBuilder
{
    private readonly PlanGroup group;
    private readonly Dictionary<int, PlannedUnit> makers;
    private readonly TileProgram program;
    private readonly TileValues values;
    private readonly ChainGathering chains;
    private readonly HashSet<int> made = [];
    private readonly Dictionary<int, (ChainStage? Stage, TileSum Sum)> chainSums = [];
    private readonly bool isChained;

    private TileProgramBuilder(PlanGroup group, Func<int, bool> isWhole, Func<int, TensorSpec> specOf, int tile, bool isChained)
    {
        this.group = group;
        this.isChained = isChained;
        makers = group.Units.ToDictionary(u => u.Output);
        int row = group.Units.Select(u => u.Node.Boxed).OfType<SumOperation>().Select(s => s.Reduced).FirstOrDefault();
        program = new TileProgram(new TileShape(group.Space, row, tile), [], [], [], []);
        values = new TileValues(program, makers, isWhole, specOf);
        chains = new ChainGathering(values, group.Units, isWhole);
    }

    /// <summary>The stages for a group.</summary>
    /// <param name="group">The units.</param>
    /// <param name="isWhole">Which results are held whole.</param>
    /// <param name="specOf">What results and outside tensors look like.</param>
    /// <param name="tile">About how many elements a tile should have.</param>
    /// <param name="isChained">Whether operations that chains know are compiled.</param>
    public static TileProgram Build(PlanGroup group, Func<int, bool> isWhole, Func<int, TensorSpec> specOf, int tile, bool isChained)
    {
        TileProgramBuilder builder = new(group, isWhole, specOf, tile, isChained);
        builder.Run();
        builder.AssignSlots();
        return builder.program;
    }

    /// <summary>Kernels as early as possible; when only chains are left, one that is as long as possible.</summary>
    private void Run()
    {
        List<PlannedUnit> open = [.. group.Units.Where(u => !u.Node.IsAlias)];
        while (open.Count > 0)
        {
            open.RemoveAll(unit =>
            {
                bool runs = !(isChained && chains.Accepts(unit)) && IsReady(unit);
                if (runs)
                {
                    AddUnit(unit);
                    made.Add(unit.Output);
                }
                return runs;
            });
            if (open.Count == 0)
            {
                break;
            }
            DType? type = null;
            List<PlannedUnit> chain = [];
            open.RemoveAll(unit =>
            {
                // A comparison that chains compute where they need it is as good as made.
                bool isInline = chains.IsInline(unit) && IsReady(unit);
                if (isInline)
                {
                    made.Add(unit.Output);
                    return true;
                }
                bool joins =
                    chains.Accepts(unit) && chain.Count < ChainGathering.Longest && unit.Node.Spec.DType == (type ?? unit.Node.Spec.DType)
                        && IsReady(unit);
                if (joins)
                {
                    type = unit.Node.Spec.DType;
                    chain.Add(unit);
                    made.Add(unit.Output);
                }
                return joins;
            });
            AddChain(chain);
        }
    }

    private bool IsReady(PlannedUnit unit) =>
        Array.TrueForAll(unit.Inputs, source => values.BehindViews(source) is int root && (!makers.ContainsKey(root) || made.Contains(root)));

    private void AddUnit(PlannedUnit unit)
    {
        if (unit.Node.Boxed is SumOperation sum)
        {
            AddSum(unit, sum);
        }
        else if (values.IsSpread(unit))
        {
            values.SpreadWhole(unit);
        }
        else if (!isChained || !chains.IsInline(unit))
        {
            int[] inputs = values.Inputs(unit);
            program.Stages.Add(new KernelStage(unit.Node, inputs, values.Result(unit)));
        }
    }

    private void AddSum(PlannedUnit unit, SumOperation sum)
    {
        int source = values.Tile(unit.Inputs[0], unit.Inputs[0]);
        if (!program.Shape.IsSum)
        {
            int sums = values.Add(new TileValue(TileHolding.RowSums, unit.Node.Spec, unit.Output));
            program.Stages.Add(new RowSumStage(source, sums, sum.Reduced));
            return;
        }
        if (!chainSums.TryGetValue(unit.Output, out (ChainStage? Stage, TileSum Sum) taken))
        {
            taken = (null, new TileSum(program.Shape, unit.Node.Spec.DType, unit.Output));
            program.Sums.Add(taken.Sum);
        }
        program.Stages.Add(new SumStage(source, taken.Sum, taken.Stage));
    }

    private void AddChain(List<PlannedUnit> chain)
    {
        List<PlannedUnit> sums = program.Shape.IsSum && ChainTable.HasSums ? chains.SumsOf(chain) : [];
        if (chain.Count == 1 && sums.Count == 0 && !chains.NeedsInline(chain[0]))
        {
            int[] inputs = values.Inputs(chain[0]);
            program.Stages.Add(new KernelStage(chain[0].Node, inputs, values.Result(chain[0])));
            return;
        }
        TileSum[] taken = [.. sums.Select(s => new TileSum(program.Shape, s.Node.Spec.DType, s.Output))];
        ChainStage stage = chains.Stage(chain, sums, taken);
        for (int i = 0; i < taken.Length; i++)
        {
            chainSums[sums[i].Output] = (stage, taken[i]);
            program.Sums.Add(taken[i]);
        }
        program.Stages.Add(stage);
    }

    /// <summary>Gives values their blocks; a block is used again when the last stage that reads it is past.</summary>
    private void AssignSlots()
    {
        Dictionary<int, int> last = [];
        for (int stage = 0; stage < program.Stages.Count; stage++)
        {
            foreach (int value in program.Stages[stage].Reads.Concat(program.Stages[stage].Writes))
            {
                last[value] = stage;
            }
        }
        Stack<int> free = new();
        for (int stage = 0; stage < program.Stages.Count; stage++)
        {
            TileStage current = program.Stages[stage];
            foreach (TileValue value in current.Writes.Select(w => program.Values[w]).Where(v => v.Holding == TileHolding.Slot))
            {
                if (!free.TryPop(out int slot))
                {
                    slot = program.Slots.Count;
                    program.Slots.Add(0);
                }
                value.Slot = slot;
                program.Slots[slot] = Math.Max(program.Slots[slot], value.Spec.DType.ByteSize);
            }
            foreach (int value in current.Reads.Concat(current.Writes).Distinct())
            {
                if (last[value] == stage && program.Values[value].Holding == TileHolding.Slot)
                {
                    free.Push(program.Values[value].Slot);
                }
            }
        }
    }
}
