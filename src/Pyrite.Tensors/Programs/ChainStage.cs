using Pyrite.Kernels.Chains;
using Pyrite.Kernels.Reductions;

namespace Pyrite.Programs;

/// <summary>A chain of operations in registers; sums of whole blocks are taken on the way.</summary>
internal sealed class ChainStage : TileStage
{
    private readonly ChainCode code;
    private readonly ChainCode? summing;
    private readonly int[] operands;
    private readonly int[] summingOperands;
    private readonly TileSum[] sums;

    /// <param name="code">The chain; it stores what is summed.</param>
    /// <param name="operands">The tiles that it reads, the single numbers, the tiles that it writes.</param>
    /// <param name="summing">The chain that sums whole blocks; null where nothing is summed.</param>
    /// <param name="summingOperands">The operands of that chain.</param>
    /// <param name="sums">What the summing chain sums.</param>
    public ChainStage(ChainCode code, int[] operands, ChainCode? summing, int[] summingOperands, TileSum[] sums)
        : base(operands[..(code.Tiles + code.Singles)], operands[(code.Tiles + code.Singles)..])
    {
        this.code = code;
        this.operands = operands;
        this.summing = summing;
        this.summingOperands = summingOperands;
        this.sums = sums;
    }

    /// <summary>Whether this takes the sums of a tile of so many elements.</summary>
    public bool Sums(int count) => summing is not null && count % SumKernel.Block == 0;

    public override void Run(TileRoom room)
    {
        if (!Sums(room.Count))
        {
            room.Call(code).Run(room.Values, operands, room.Count);
            return;
        }
        ChainCall call = room.Call(summing!);
        call.Run(room.Values, summingOperands, room.Count);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i].TakeBlocks(call, i, room.Block, room.Count / SumKernel.Block);
        }
    }
}
