using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Memory;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>Writes the units of an element-wise group down as one loop over a tile.</summary>
internal sealed class TiledLoopBuilder
{
    /// <summary>Elements of a tile of which nothing but whole tensors is stored: bench `elementwise`.</summary>
    private const int LongTile = 16 * 1024;

    /// <summary>Bytes of a tile that is kept beside the loop, in the first-level cache: bench `elementwise`, `vae`.</summary>
    private const int RoomBytes = 16 * 1024;

    private const int Line = 64;

    private readonly Func<int, bool> isWhole;
    private readonly RecordedProgram program;
    private readonly bool isCompiled;
    private readonly int count;
    private readonly Dictionary<int, PlannedUnit> makers;
    private readonly Dictionary<int, int> known = [];
    private readonly Dictionary<int, int> numbers = [];
    private readonly Dictionary<int, int> filled = [];
    private readonly Dictionary<(int Source, Shape Shape), int> spreads = [];
    private readonly List<PlannedUnit> sums = [];
    private readonly Storage fixedPlaces;

    /// <param name="group">The units.</param>
    /// <param name="isWhole">Which results are held whole.</param>
    /// <param name="program">The program that they are of.</param>
    /// <param name="isCompiled">Whether the loop is compiled; else every unit runs by its kernel, tile by tile.</param>
    public TiledLoopBuilder(PlanGroup group, Func<int, bool> isWhole, RecordedProgram program, bool isCompiled)
    {
        this.isCompiled = isCompiled;
        this.isWhole = isWhole;
        this.program = program;
        count = group.Space.Count;
        Work = new LoopWork(count, group.Space.Type, [], tailMask: null, keepsBits: true);
        makers = group.Units.ToDictionary(unit => unit.Output);
        fixedPlaces = Storage.Allocate(Line + (sizeof(double) * group.Units.Sum(unit => 1 + unit.Inputs.Length)), pinned: true);
        foreach (PlannedUnit unit in group.Units)
        {
            if (unit.Node.Form is { } form)
            {
                int[] operands = [.. unit.Inputs[..form.Operands].Select(input => Operand(input, unit.Node.Spec.Shape))];
                Add(unit, isCompiled ? operands : ForKernel(operands));
            }
            else if (unit.Node.Boxed is IReduction)
            {
                sums.Add(unit);
            }
            else if (isWhole(unit.Output))
            {
                Repeated(unit);
            }
        }
        int[] summed = [.. sums.Select(sum => InMemory(sum.Inputs[0]))];
        int row = sums.Select(sum => ((IReduction)sum.Node.Boxed).Reduced).FirstOrDefault();
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

    /// <summary>The operations of its instructions.</summary>
    public List<RecordedNode> Nodes { get; } = [];

    /// <summary>What it loads and stores.</summary>
    public List<TileValue> Values { get; } = [];

    /// <summary>The sums of its values.</summary>
    public TileSum[] Sums { get; }

    /// <summary>How the elements are cut into tiles.</summary>
    public TileShape Shape { get; }

    /// <summary>Bytes that a walking thread needs.</summary>
    public int Room { get; }

    private DType Type => Work.Type;

    /// <summary>Whether loops take a source for a single number without looking at its memory.</summary>
    public static bool IsNumber(RecordedProgram program, int root) =>
        !program.IsGiven(root) && program.Node(root) is { Boxed: IVaryingOperation { GivesOneNumber: true }, Spec.DType.IsFloatingPoint: true };

    private int Add(TileValue value)
    {
        Values.Add(value);
        return Values.Count - 1;
    }

    private void Add(PlannedUnit unit, int[] operands)
    {
        int result = known[unit.Output] = Add(new TileValue(unit.Output, unit.Node.Spec) { IsWhole = isWhole(unit.Output) });
        Work.Instructions.Add(new LoopInstruction(result, unit.Node.Form!, operands));
        Nodes.Add(unit.Node);
        if (isWhole(unit.Output) || !isCompiled)
        {
            Store(result);
        }
    }

    /// <summary>Operands as kernels take them: a single number stands beside one array, and nowhere else.</summary>
    private int[] ForKernel(int[] operands) => operands.Length == 2 && Array.Exists(operands, operand => Values[operand].Number is null)
        ? operands
        : Array.ConvertAll(operands, operand => Values[operand].Number is { } number ? Filled(operand, number) : operand);

    private int Filled(int operand, Tensor number)
    {
        if (!filled.TryGetValue(operand, out int tile))
        {
            TileSpread spread = new(-1, number, Pyrite.Shape.Scalar, [count]);
            filled[operand] = tile = Add(new TileValue(-1, new TensorSpec([count], Type)) { Room = 0, Spread = spread });
        }
        return tile;
    }

    private void Store(int result)
    {
        Work.Stores.Add(result);
        Values[result].Room = Values[result].IsWhole ? -1 : 0;
        if (Values[result].Spec.DType == DType.Bool)
        {
            Work.Truths.Add(result);
        }
    }

    /// <summary>The value that an instruction reads; what is smaller is repeated before the loop.</summary>
    private int Operand(int source, Shape reader)
    {
        if (NumberOf(source) is { } number)
        {
            return number;
        }
        int root = program.MemoryOf(source);
        if (known.TryGetValue(root, out int value))
        {
            return value;
        }
        if (makers.TryGetValue(root, out PlannedUnit? maker))
        {
            return Repeated(maker);
        }
        TensorSpec spec = program.SpecOf(source);
        if (spec.Shape.Count < count)
        {
            if (!spreads.TryGetValue((source, reader), out value))
            {
                spreads[(source, reader)] =
                    value = Add(new TileValue(root, spec) { Room = 0, Spread = new TileSpread(root, null, spec.Shape, reader) });
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

    /// <summary>The number that stands for all elements of a source: that of a fill, a tensor of one element, or what repeats one; null for
    /// others.</summary>
    private int? NumberOf(int source)
    {
        int root = program.MemoryOf(source);
        if (IsNumber(program, root))
        {
            return Number(root, program.Node(root));
        }
        return program.SpecOf(root).Shape.Count == 1 ? Number(root, null)
            : makers.TryGetValue(root, out PlannedUnit? maker) && maker.Node.Boxed is ICopyOperation ? NumberOf(maker.Inputs[0])
            : null;
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
            NumberOf(unit.Output) is { } number
                ? new TileSpread(-1, Values[number].Number, Pyrite.Shape.Scalar, target)
                : new TileSpread(program.MemoryOf(unit.Inputs[0]), null, program.SpecOf(unit.Inputs[0]).Shape, target);
        bool whole = isWhole(unit.Output);
        return known[unit.Output] = Add(new TileValue(unit.Output, unit.Node.Spec) { IsWhole = whole, Room = whole ? -1 : 0, Spread = spread });
    }

    /// <summary>A value of which each tile is kept in memory.</summary>
    private int InMemory(int source)
    {
        int root = program.MemoryOf(source);
        int value = makers[root].Node.Form is null ? Repeated(makers[root]) : known[root];
        if (Values[value] is { IsWhole: false, Room: < 0 })
        {
            Store(value);
        }
        return value;
    }
}
