using Pyrite.Engine;
using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Reductions;

namespace Pyrite.Programs;

/// <summary>Writes the units of an element-wise group down as one loop over a tile.</summary>
internal sealed class TiledLoopBuilder
{
    /// <summary>Elements of a tile of which nothing but whole tensors is stored.</summary>
    private const int LongTile = 16 * 1024;

    /// <summary>Bytes of a tile that is kept beside the loop, in the first-level cache: bench `elementwise`, `vae`.</summary>
    private const int RoomBytes = 16 * 1024;

    private const int Line = 64;

    private readonly Func<int, bool> isWhole;
    private readonly Func<int, TensorSpec> specOf;
    private readonly int count;
    private readonly Dictionary<int, PlannedUnit> makers;
    private readonly Dictionary<int, int> known = [];
    private readonly Dictionary<int, int> numbers = [];
    private readonly Dictionary<(int Source, Shape Shape), int> spreads = [];
    private readonly List<PlannedUnit> sums = [];
    private readonly Storage fixedPlaces;

    /// <param name="group">The units.</param>
    /// <param name="isWhole">Which results are held whole.</param>
    /// <param name="specOf">What results and outside tensors look like.</param>
    public TiledLoopBuilder(PlanGroup group, Func<int, bool> isWhole, Func<int, TensorSpec> specOf)
    {
        this.isWhole = isWhole;
        this.specOf = specOf;
        count = group.Space.Count;
        Work = new LoopWork(count, group.Space.Type, [], default, keepsBits: true);
        makers = group.Units.ToDictionary(unit => unit.Output);
        fixedPlaces = Storage.Allocate(Line + (sizeof(double) * group.Units.Sum(unit => 1 + unit.Inputs.Length)), pinned: true);
        foreach (PlannedUnit unit in group.Units.Where(unit => !unit.Node.IsAlias))
        {
            if (unit.Node.Form is { } form)
            {
                Add(unit, [.. unit.Inputs[..form.Operands].Select(input => Operand(input, unit.Node.Spec.Shape))]);
            }
            else if (unit.Node.Boxed is SumOperation)
            {
                sums.Add(unit);
            }
            else if (isWhole(unit.Output))
            {
                Repeated(unit);
            }
        }
        int[] summed = [.. sums.Select(sum => InMemory(sum.Inputs[0]))];
        int row = sums.Select(sum => ((SumOperation)sum.Node.Boxed).Reduced).FirstOrDefault();
        bool hasRoom = Values.Exists(value => value.Room >= 0);
        Shape = new TileShape(count, row, hasRoom ? RoomBytes / Type.ByteSize : LongTile);
        foreach (TileValue value in Values.Where(value => value.Room >= 0))
        {
            value.Room = Room;
            Room += ((Shape.Longest * Type.ByteSize) + Line - 1) / Line * Line;
        }
        Sums = [.. sums.Select((sum, i) => new TileSum(Shape, summed[i], Type, sum.Output))];
    }

    /// <summary>What the loop computes; sources are numbers of values.</summary>
    public LoopWork Work { get; }

    /// <summary>What it loads and stores.</summary>
    public List<TileValue> Values { get; } = [];

    /// <summary>The sums of its values.</summary>
    public TileSum[] Sums { get; }

    /// <summary>How the elements are cut into tiles.</summary>
    public TileShape Shape { get; }

    /// <summary>Bytes that a walking thread needs.</summary>
    public int Room { get; }

    private DType Type => Work.Type;

    private int Add(TileValue value)
    {
        Values.Add(value);
        return Values.Count - 1;
    }

    private void Add(PlannedUnit unit, int[] operands)
    {
        int result = known[unit.Output] = Add(new TileValue(unit.Output, unit.Node.Spec) { IsWhole = isWhole(unit.Output) });
        Work.Instructions.Add(new LoopInstruction(result, unit.Node.Form!, operands));
        if (isWhole(unit.Output))
        {
            Store(result);
        }
    }

    private void Store(int result)
    {
        Work.Stores.Add(result);
        if (Values[result].Spec.DType == DType.Bool)
        {
            Work.Truths.Add(result);
        }
    }

    /// <summary>The value that an instruction reads; what is smaller is repeated before the loop.</summary>
    private int Operand(int source, Shape reader)
    {
        int root = BehindViews(source);
        if (makers.TryGetValue(root, out PlannedUnit? maker) && maker.Node.Form is null && NumberOf(maker) is { } only)
        {
            return only;
        }
        if (known.TryGetValue(root, out int value))
        {
            return value;
        }
        if (maker is not null)
        {
            return Repeated(maker);
        }
        TensorSpec spec = specOf(root);
        if (spec.Shape.Count == 1)
        {
            return Number(root, null);
        }
        if (spec.Shape.Count < count)
        {
            if (!spreads.TryGetValue((source, reader), out value))
            {
                TileSpread spread = new(source, null, specOf(source).Shape, reader);
                spreads[(source, reader)] = value = Add(new TileValue(source, spec) { Room = 0, Spread = spread });
            }
            return value;
        }
        known[root] = value = Add(new TileValue(root, spec) { IsWhole = true });
        if (spec.DType == DType.Bool)
        {
            Work.Truths.Add(value);
        }
        return value;
    }

    private int BehindViews(int source)
    {
        while (makers.TryGetValue(source, out PlannedUnit? unit) && unit.Node.IsAlias)
        {
            source = unit.Inputs[0];
        }
        return source;
    }

    /// <summary>The number that a unit fills its result with; null where it repeats several.</summary>
    private int? NumberOf(PlannedUnit unit)
    {
        if (unit.Inputs.Length == 0)
        {
            return Number(unit.Output, unit.Node);
        }
        int root = BehindViews(unit.Inputs[0]);
        return makers.TryGetValue(root, out PlannedUnit? maker) ? NumberOf(maker) : specOf(root).Shape.Count == 1 ? Number(root, null) : null;
    }

    private int Number(int source, RecordedNode? fill)
    {
        if (!numbers.TryGetValue(source, out int number))
        {
            TensorSpec spec = new(Pyrite.Shape.Scalar, Type);
            Tensor place = Tensor.Unbound(spec);
            place.PointTo(fixedPlaces, numbers.Count * sizeof(double));
            numbers[source] = number = Add(new TileValue(source, spec) { Number = place, Fill = fill });
            Work.Singles.Add(number);
        }
        return number;
    }

    /// <summary>The elements of a unit that repeats a smaller tensor, or a number.</summary>
    private int Repeated(PlannedUnit unit)
    {
        if (known.TryGetValue(unit.Output, out int value))
        {
            return value;
        }
        Shape target = unit.Node.Spec.Shape;
        TileSpread spread =
            NumberOf(unit) is { } number
                ? new TileSpread(-1, Values[number].Number, Pyrite.Shape.Scalar, target)
                : new TileSpread(unit.Inputs[0], null, specOf(unit.Inputs[0]).Shape, target);
        bool whole = isWhole(unit.Output);
        return known[unit.Output] = Add(new TileValue(unit.Output, unit.Node.Spec) { IsWhole = whole, Room = whole ? -1 : 0, Spread = spread });
    }

    /// <summary>A value of which each tile is kept in memory.</summary>
    private int InMemory(int source)
    {
        int root = BehindViews(source);
        int value = makers[root].Node.Form is null ? Repeated(makers[root]) : known[root];
        if (Values[value] is { IsWhole: false, Room: < 0 } register)
        {
            register.Room = 0;
            Store(value);
        }
        return value;
    }
}
