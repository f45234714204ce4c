using Pyrite.Engine;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Creation;

namespace Pyrite.Programs;

/// <summary>Where the units of a tile program find their inputs: as tiles, or as single numbers.</summary>
internal sealed class TileValues(TileProgram program, Dictionary<int, PlannedUnit> makers, Func<int, bool> isWhole, Func<int, TensorSpec> specOf)
{
    private readonly Dictionary<int, int> tiles = [];
    private readonly Dictionary<int, int> singles = [];
    private readonly Dictionary<(int Source, Shape Shape), int> spreads = [];

    /// <summary>What a view inside the group stands for.</summary>
    public int BehindViews(int source)
    {
        while (makers.TryGetValue(source, out PlannedUnit? unit) && unit.Node.IsAlias)
        {
            source = unit.Inputs[0];
        }
        return source;
    }

    /// <summary>The element type of a source.</summary>
    public DType TypeOf(int source) => specOf(source).DType;

    /// <summary>Whether a unit only repeats a number or a smaller tensor.</summary>
    public bool IsSpread(PlannedUnit unit) => unit.Node.Boxed is FillOperation or StridedCopyOperation;

    /// <summary>Adds a value.</summary>
    public int Add(TileValue value)
    {
        program.Values.Add(value);
        return program.Values.Count - 1;
    }

    /// <summary>The tile that a unit writes.</summary>
    public int Result(PlannedUnit unit)
    {
        if (!tiles.TryGetValue(unit.Output, out int tile))
        {
            tiles[unit.Output] =
                tile = Add(new TileValue(isWhole(unit.Output) ? TileHolding.Stretch : TileHolding.Slot, unit.Node.Spec, unit.Output));
        }
        return tile;
    }

    /// <summary>Repeats what is needed whole.</summary>
    public void SpreadWhole(PlannedUnit unit)
    {
        if (isWhole(unit.Output))
        {
            Tile(unit.Output, unit.Output);
        }
    }

    /// <summary>The inputs of a unit's own kernel.</summary>
    public int[] Inputs(PlannedUnit unit)
    {
        bool[] isSingle = [.. unit.Inputs.Select((source, i) => Single(source) >= 0 && (specOf(source).Shape.Count == 1 || TakesSingle(unit, i)))];
        if (Array.TrueForAll(isSingle, single => single))
        {
            isSingle[Array.FindIndex(unit.Inputs, source => specOf(source).Shape.Count > 1)] = false;
        }
        return [.. unit.Inputs.Select((source, i) => isSingle[i] ? Single(source) : Tile(source, unit.Output))];
    }

    /// <summary>A single number that stands for all elements of a source, or -1.</summary>
    public int Single(int source)
    {
        int root = BehindViews(source);
        PlannedUnit? maker = makers.GetValueOrDefault(root);
        if (maker?.Node.Boxed is StridedCopyOperation)
        {
            root = BehindViews(maker.Inputs[0]);
        }
        bool isFill = maker?.Node.Boxed is FillOperation;
        if (!isFill && specOf(root).Shape.Count != 1)
        {
            return -1;
        }
        if (!singles.TryGetValue(root, out int single))
        {
            TensorSpec spec = new(Shape.Scalar, specOf(root).DType);
            singles[root] = single = Add(new TileValue(TileHolding.Single, spec, root)
            {
                Fill = isFill ? maker!.Node : null,
                Shared = isFill ? Tensor.Over(Storage.Allocate(sizeof(double)), spec) : Tensor.Unbound(spec),
            });
        }
        return single;
    }

    /// <summary>The tile of a source; what is smaller is spread first.</summary>
    /// <param name="source">A result or an outside tensor.</param>
    /// <param name="reader">The result of the unit that reads it, to whose shape it is broadcast.</param>
    public int Tile(int source, int reader)
    {
        int root = BehindViews(source);
        if (makers.TryGetValue(root, out PlannedUnit? maker))
        {
            if (!IsSpread(maker))
            {
                return Result(maker);
            }
            return tiles.TryGetValue(root, out int spread)
                ? spread
                : Spread(Single(root) is >= 0 and int single ? single : Whole(BehindViews(maker.Inputs[0])), Result(maker));
        }
        TensorSpec spec = specOf(root);
        if (spec.Shape.Count == program.Shape.Count)
        {
            if (!tiles.TryGetValue(root, out int stretch))
            {
                tiles[root] = stretch = Add(new TileValue(TileHolding.Stretch, spec, root));
            }
            return stretch;
        }
        Shape shape = specOf(reader).Shape;
        if (!spreads.TryGetValue((source, shape), out int tile))
        {
            int from = Single(root) is >= 0 and int single ? single : Whole(root);
            spreads[(source, shape)] = tile = Add(new TileValue(TileHolding.Slot, new TensorSpec(shape, spec.DType), root));
            Spread(from, tile);
        }
        return tile;
    }

    /// <summary>Whether a kernel gives the same bits for a single number as for a tile full of it.</summary>
    private static bool TakesSingle(PlannedUnit unit, int input) => unit.Node.Boxed is WhereOperation
        ? input > 0
        : unit.Inputs.Length == 2 && unit.Node.Form is not null;

    private int Spread(int from, int tile)
    {
        program.Stages.Add(new SpreadStage(from, tile, program.Values[from].Spec.Shape, program.Values[tile].Spec.Shape));
        return tile;
    }

    private int Whole(int source) => Add(new TileValue(TileHolding.Whole, specOf(source), source) { Shared = Tensor.Unbound(specOf(source)) });
}
