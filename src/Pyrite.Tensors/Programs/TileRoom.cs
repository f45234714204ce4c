using Pyrite.Engine;
using Pyrite.Kernels.Chains;
using Pyrite.Kernels.Memory;

namespace Pyrite.Programs;

/// <summary>One thread's room for a tile program: its small blocks, and views of what is held whole.</summary>
internal sealed class TileRoom
{
    private readonly TileProgram program;
    private readonly Storage[] blocks;
    private readonly Dictionary<int, Tensor[]> views = [];
    private readonly Dictionary<ChainCode, ChainCall> calls = new(ReferenceEqualityComparer.Instance);

    public TileRoom(TileProgram program)
    {
        this.program = program;
        blocks = [.. program.Slots.Select(size => Storage.Allocate((long)program.Shape.Longest * size, pinned: true))];
        Values = [];
    }

    /// <summary>The tensors of the tile at hand, by value.</summary>
    public Tensor[] Values { get; private set; }

    /// <summary>The first element of the tile.</summary>
    public int Start { get; private set; }

    /// <summary>The elements of the tile.</summary>
    public int Count { get; private set; }

    /// <summary>The number of the tile's first block of sums.</summary>
    public int Block { get; private set; }

    /// <summary>Computes one tile.</summary>
    public void Run(PlanMemory memory, int tile)
    {
        (int start, int count, int block) = program.Shape[tile];
        if (count == 0)
        {
            return;
        }
        if (count != Count)
        {
            if (!views.TryGetValue(count, out Tensor[]? known))
            {
                views[count] = known = MakeViews(count);
            }
            Values = known;
        }
        (Start, Count, Block) = (start, count, block);
        for (int i = 0; i < program.Values.Count; i++)
        {
            TileValue value = program.Values[i];
            if (value.Holding == TileHolding.Stretch)
            {
                Values[i].PointTo(memory[value.Source], start);
            }
            else if (value.Holding == TileHolding.RowSums)
            {
                Values[i].PointTo(memory[value.Source], start / program.Shape.Row);
            }
        }
        foreach (TileStage stage in program.Stages)
        {
            stage.Run(this);
        }
    }

    /// <summary>This thread's calls of a chain.</summary>
    public ChainCall Call(ChainCode code)
    {
        if (!calls.TryGetValue(code, out ChainCall? call))
        {
            calls[code] = call = new ChainCall(code, program.Shape.Longest);
        }
        return call;
    }

    private Tensor[] MakeViews(int count) => [.. program.Values.Select(value =>
    {
        if (value.Shared is { } shared)
        {
            return shared;
        }
        int elements = value.Holding == TileHolding.RowSums ? count / program.Shape.Row : count;
        Tensor view = Tensor.Unbound(new TensorSpec([elements], value.Spec.DType));
        if (value.Holding == TileHolding.Slot)
        {
            view.PointTo(blocks[value.Slot]);
        }
        return view;
    })];
}
