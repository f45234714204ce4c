using System.Collections.Concurrent;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Threads;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>Element-wise units on larger arrays: one compiled loop that threads run tile by tile, with what units hand to each other in registers and
/// sums taken of each tile while it is in the cache.</summary>
/// <remarks>Without run-time code the units' own kernels go over each tile.</remarks>
internal sealed class TiledLoop : PlanStep
{
    /// <summary>Elements that a thread computes before it asks for more: bench `elementwise`.</summary>
    private const int Grain = 16 * 1024;

    private readonly TiledLoopBuilder loop;
    private readonly ConcurrentBag<TileRoom> idle = [];
    private ProgramRoutine? code;
    private PlanMemory? memory;

    /// <param name="group">The units.</param>
    /// <param name="isWhole">Which results are held whole.</param>
    /// <param name="program">The program that they are of.</param>
    public TiledLoop(PlanGroup group, Func<int, bool> isWhole, RecordedProgram program) =>
        loop = new TiledLoopBuilder(group, isWhole, program, VectorCode.IsAvailable);

    public override void Run(PlanMemory memory)
    {
        code ??= VectorCode.IsAvailable ? TileLoopCode.Of(loop.Work) : null;
        this.memory = memory;
        foreach (TileValue value in loop.Values)
        {
            value.Fill?.Execute([], value.Number!);
            if (value is { Fill: null, Number: { } number })
            {
                memory[value.Source].RawBytes().CopyTo(number.WriteBytes());
            }
        }
        Body body = new(this, Math.Max(1, Grain / loop.Shape.Longest));
        WorkerPool.For((loop.Shape.Tiles + body.Tiles - 1) / body.Tiles, ref body);
        foreach (TileSum sum in loop.Sums)
        {
            sum.Finish(memory);
        }
        this.memory = null;
    }

    private void Run(int first, int end)
    {
        TileRoom room = idle.TryTake(out TileRoom? used) ? used : new TileRoom(loop, code);
        for (int tile = first; tile < end; tile++)
        {
            room.Run(memory!, tile);
        }
        idle.Add(room);
    }

    private readonly struct Body(TiledLoop loop, int tiles) : IParallelBody
    {
        /// <summary>Tiles of one index.</summary>
        public int Tiles => tiles;

        public void Run(int index) => loop.Run(index * tiles, Math.Min(loop.loop.Shape.Tiles, (index + 1) * tiles));
    }
}
