using Pyrite.Kernels.Chains;
using Pyrite.Kernels.Code;
using Pyrite.Ops.Reductions;

namespace Pyrite.Programs;

/// <summary>Turns units into chains: decides which fit, and writes their code.</summary>
/// <remarks>A comparison that only chains read never gets a tile: every chain that needs it compares anew.</remarks>
internal sealed class ChainGathering
{
    /// <summary>The most units of a chain.</summary>
    public const int Longest = 48;

    /// <summary>Sums that a chain takes on the way; each keeps four vectors in registers.</summary>
    private const int MostSums = 4;

    private readonly TileValues values;
    private readonly Func<int, bool> isWhole;
    private readonly Dictionary<int, List<PlannedUnit>> readers = [];
    private readonly Dictionary<int, PlannedUnit> inline = [];

    public ChainGathering(TileValues values, List<PlannedUnit> units, Func<int, bool> isWhole)
    {
        this.values = values;
        this.isWhole = isWhole;
        foreach (PlannedUnit unit in units.Where(u => !u.Node.IsAlias))
        {
            foreach (int source in unit.Inputs)
            {
                int root = values.BehindViews(source);
                (readers.TryGetValue(root, out List<PlannedUnit>? known) ? known : readers[root] = []).Add(unit);
            }
        }

        // Readers come after what they read, so that it is clear by then whether a selection can be part of a chain.
        foreach (PlannedUnit unit in units.Where(u => IsComparison(u) && u.Node.Spec.DType == DType.Bool && !isWhole(u.Output)))
        {
            if (ReadersOf(unit.Output).TrueForAll(r => ReadsTruth(r, unit)))
            {
                inline[unit.Output] = unit;
            }
        }
    }

    /// <summary>Whether chains compute a comparison where they need it.</summary>
    public bool IsInline(PlannedUnit unit) => inline.ContainsKey(unit.Output);

    /// <summary>Whether a unit can be part of a chain.</summary>
    public bool Accepts(PlannedUnit unit) => unit.Node.Form is { } form && form.FitsSteps(unit.Node.Spec.DType)
        && (form.Instruction is not (VectorInstruction.Select or VectorInstruction.Truth) || NeedsInline(unit));

    /// <summary>Whether a unit reads a comparison that is computed in chains only.</summary>
    public bool NeedsInline(PlannedUnit unit) => unit.Inputs.Length > 0 && inline.ContainsKey(values.BehindViews(unit.Inputs[0]));

    /// <summary>Sums of a chain's results that the chain can take on the way.</summary>
    public List<PlannedUnit> SumsOf(List<PlannedUnit> chain) =>
        [.. chain.SelectMany(u => ReadersOf(u.Output)).Where(r => r.Node.Boxed is SumOperation).Distinct().Take(MostSums)];

    /// <summary>The code of a chain.</summary>
    /// <param name="chain">Its units in order.</param>
    /// <param name="sums">Sums that it takes on the way.</param>
    /// <param name="taken">Where their blocks go.</param>
    public ChainStage Stage(List<PlannedUnit> chain, List<PlannedUnit> sums, TileSum[] taken)
    {
        ChainWriter writer = new(values, inline);
        foreach (PlannedUnit unit in chain)
        {
            writer.Add(unit);
        }
        HashSet<PlannedUnit> inside = [.. chain];
        List<PlannedUnit> stored = [.. chain.Where(u => IsNeeded(u, inside, []))];
        if (sums.Count == 0)
        {
            (ChainCode only, int[] operands) = writer.Code(stored, []);
            return new ChainStage(only, operands, null, [], []);
        }
        HashSet<PlannedUnit> summed = [.. sums];
        List<PlannedUnit> storedAnyway = [.. chain.Where(u => IsNeeded(u, inside, summed))];
        (ChainCode code, int[] all) = writer.Code(stored, []);
        (ChainCode summing, int[] fewer) = writer.Code(storedAnyway, [.. sums.Select(s => values.BehindViews(s.Inputs[0]))]);
        return new ChainStage(code, all, summing, fewer, taken);
    }

    private static bool IsComparison(PlannedUnit unit) =>
        unit.Node.Form?.Instruction is >= VectorInstruction.Greater and <= VectorInstruction.NotEqual;

    private List<PlannedUnit> ReadersOf(int output) => readers.GetValueOrDefault(output) ?? [];

    /// <summary>Whether a reader is a selection or conversion of the type that was compared.</summary>
    private bool ReadsTruth(PlannedUnit reader, PlannedUnit comparison)
    {
        DType compared = values.TypeOf(comparison.Inputs[0]);
        return compared.IsFloatingPoint && reader.Node.Spec.DType == compared && reader.Node.Boxed is WhereOperation or Casting.CastOperation
            && values.BehindViews(reader.Inputs[0]) == comparison.Output;
    }

    /// <summary>Whether something beyond the chain, and beyond sums taken on the way, reads a result.</summary>
    private bool IsNeeded(PlannedUnit unit, HashSet<PlannedUnit> inside, HashSet<PlannedUnit> summed) => isWhole(unit.Output)
        || ReadersOf(unit.Output)
            .Exists(r => IsInline(r) ? !ReadersOf(r.Output).TrueForAll(inside.Contains) : !inside.Contains(r) && !summed.Contains(r));
}
