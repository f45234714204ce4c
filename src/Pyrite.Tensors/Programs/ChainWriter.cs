using Pyrite.Kernels.Chains;
using Pyrite.Kernels.Code;

namespace Pyrite.Programs;

/// <summary>Writes the instructions of one chain.</summary>
internal sealed class ChainWriter(TileValues values, Dictionary<int, PlannedUnit> inline)
{
    private readonly List<int> tiles = [];
    private readonly List<int> singles = [];
    private readonly List<(ElementwiseForm Form, (Kind Kind, int Number)[] Operands)> instructions = [];
    private readonly Dictionary<int, int> results = [];
    private DType type;

    private enum Kind
    {
        Tile,
        Single,
        Result,
    }

    /// <summary>Appends a unit whose inputs are there.</summary>
    public void Add(PlannedUnit unit)
    {
        ElementwiseForm form = unit.Node.Form!;
        (Kind, int)[] operands = new (Kind, int)[form.Operands];
        for (int i = 0; i < operands.Length; i++)
        {
            int root = values.BehindViews(unit.Inputs[i]);
            if (!results.ContainsKey(root) && inline.TryGetValue(root, out PlannedUnit? comparison))
            {
                Add(comparison);
            }
            operands[i] = results.TryGetValue(root, out int result)
                ? (Kind.Result, result)
                : values.Single(root) is >= 0 and int single
                    ? (Kind.Single, Number(singles, single))
                    : (Kind.Tile, Number(tiles, values.Tile(unit.Inputs[i], unit.Output)));
        }
        if (unit.Node.Spec.DType.IsFloatingPoint)
        {
            type = unit.Node.Spec.DType;
        }
        results[unit.Output] = instructions.Count;
        instructions.Add((form, operands));
    }

    /// <summary>The code and its operands.</summary>
    /// <param name="stored">Units whose results are written to tiles.</param>
    /// <param name="summed">Results that are summed block by block.</param>
    public (ChainCode Code, int[] Operands) Code(List<PlannedUnit> stored, int[] summed)
    {
        int first = tiles.Count + singles.Count;
        ChainInstruction[] written =
            [.. instructions.Select(i => new ChainInstruction(i.Form, At(i.Operands, 0), At(i.Operands, 1), At(i.Operands, 2)))];
        int[] stores = [.. stored.Select(u => first + results[u.Output])];
        int[] sums = [.. summed.Select(s => first + results[s])];
        return (new ChainCode(type, tiles.Count, singles.Count, written, stores, sums), [.. tiles, .. singles, .. stored.Select(values.Result)]);

        int At((Kind Kind, int Number)[] operands, int index) => index >= operands.Length ? -1 : operands[index] switch
        {
            (Kind.Tile, int number) => number,
            (Kind.Single, int number) => tiles.Count + number,
            (_, int number) => first + number,
        };
    }

    private static int Number(List<int> list, int value)
    {
        int known = list.IndexOf(value);
        if (known < 0)
        {
            known = list.Count;
            list.Add(value);
        }
        return known;
    }
}
