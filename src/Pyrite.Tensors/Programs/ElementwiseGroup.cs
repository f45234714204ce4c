using Pyrite.Engine;
using Pyrite.Kernels.Chains;
using Pyrite.Kernels.Threads;

namespace Pyrite.Programs;

/// <summary>Element-wise units that walk over their elements together, a tile at a time, so that what they hand to each other stays in the
/// cache.</summary>
/// <remarks>At first every tile runs the operations' own kernels; what runs often enough is compiled to chains that stay in registers. The bits are
/// the same.</remarks>
internal sealed class ElementwiseGroup : PlanStep
{
    /// <summary>Elements of a tile whose intermediate results stay in the cache; a multiple of a sum's block.</summary>
    private const int Tile = 2048;

    /// <summary>Elements that a thread computes before it asks for more, and of a tile without intermediate results.</summary>
    private const int Grain = 16 * 1024;

    /// <summary>Compiling costs as much as computing so many elements.</summary>
    private const long CompileElements = 4_000_000;

    private readonly PlanGroup group;
    private readonly Func<int, bool> isWhole;
    private readonly Func<int, TensorSpec> specOf;
    private readonly Stack<TileRoom> idle = new();
    private TileProgram program;
    private PlanMemory? memory;
    private long computed;
    private bool isChained;

    public ElementwiseGroup(PlanGroup group, Func<int, bool> isWhole, Func<int, TensorSpec> specOf)
    {
        this.group = group;
        this.isWhole = isWhole;
        this.specOf = specOf;
        program = TileProgramBuilder.Build(group, isWhole, specOf, Tile, isChained: false);
    }

    public override void Run(PlanMemory memory)
    {
        computed += (long)group.Space * group.Units.Count;
        if (!isChained && computed > CompileElements && ChainTable.IsAvailable)
        {
            isChained = true;
            program = TileProgramBuilder.Build(group, isWhole, specOf, Grain, isChained: true);
            if (program.Stages.Count(s => s is not SumStage) > 1)
            {
                program = TileProgramBuilder.Build(group, isWhole, specOf, 2 * Tile, isChained: true);
            }
            idle.Clear();
        }
        this.memory = memory;
        program.Bind(memory);
        Body body = new(this, Math.Max(1, Grain / program.Shape.Longest));
        WorkerPool.For((program.Shape.Tiles + body.Tiles - 1) / body.Tiles, ref body);
        foreach (TileSum sum in program.Sums)
        {
            sum.Finish(memory);
        }
        this.memory = null;
    }

    private void Run(int first, int end)
    {
        TileRoom room;
        lock (idle)
        {
            room = idle.TryPop(out TileRoom? used) ? used : new TileRoom(program);
        }
        for (int tile = first; tile < end; tile++)
        {
            room.Run(memory!, tile);
        }
        lock (idle)
        {
            idle.Push(room);
        }
    }

    private readonly struct Body(ElementwiseGroup group, int tiles) : IParallelBody
    {
        /// <summary>Tiles of one index.</summary>
        public int Tiles => tiles;

        public void Run(int index) => group.Run(index * tiles, Math.Min(group.program.Shape.Tiles, (index + 1) * tiles));
    }
}
