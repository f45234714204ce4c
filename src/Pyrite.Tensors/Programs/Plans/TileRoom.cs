using Pyrite.Engine;
using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Memory;

namespace Pyrite.Programs.Plans;

/// <summary>One thread's room for a loop over tiles: what it keeps of a tile beside whole tensors, and the table of addresses that code
/// reads.</summary>
internal sealed class TileRoom
{
    private readonly TiledLoopBuilder loop;
    private readonly ProgramRoutine? code;
    private readonly Storage block;
    private readonly nint[] table;
    private readonly Dictionary<int, (Tensor[] Values, Tensor[][] Operands)> tiles = [];

    /// <param name="loop">The loop.</param>
    /// <param name="code">Its code; null where kernels run instead.</param>
    public TileRoom(TiledLoopBuilder loop, ProgramRoutine? code)
    {
        this.loop = loop;
        this.code = code;
        block = Storage.Allocate(Math.Max(1, loop.Room), pinned: true);
        table = new nint[loop.Values.Count + 1];
        for (int i = 0; i < loop.Values.Count; i++)
        {
            TileValue value = loop.Values[i];
            table[i + 1] =
                value.Number is { } number ? EmittedCalls.Address(number.RawBytes())
                    : value.Room >= 0 ? EmittedCalls.Address(block) + value.Room
                    : 0;
        }
    }

    /// <summary>Computes one tile.</summary>
    public void Run(PlanMemory memory, int tile)
    {
        (int start, int count, int block) = loop.Shape[tile];
        if (count == 0)
        {
            return;
        }
        table[0] = count * loop.Work.Type.ByteSize;
        for (int i = 0; i < loop.Values.Count; i++)
        {
            TileValue value = loop.Values[i];
            if (value.IsWhole)
            {
                table[i + 1] = EmittedCalls.Address(TileOf(value, memory, start, count));
            }
            value.Spread?.Run(memory, TileOf(value, memory, start, count), start);
        }
        if (code is not null)
        {
            EmittedCalls.Run(code, null!, 0, table);
        }
        else
        {
            RunKernels(memory, start, count);
        }
        foreach (TileSum sum in loop.Sums)
        {
            sum.Add(TileOf(loop.Values[sum.Value], memory, start, count), start, block, memory);
        }
    }

    private void RunKernels(PlanMemory memory, int start, int count)
    {
        if (!tiles.TryGetValue(count, out (Tensor[] Values, Tensor[][] Operands) kept))
        {
            tiles[count] = kept = TensorsOf(count);
        }
        Tensor[] tile = kept.Values;
        for (int i = 0; i < tile.Length; i++)
        {
            TileValue value = loop.Values[i];
            if (value.IsWhole)
            {
                tile[i].PointTo(memory[value.Source], start);
            }
            else if (value.Number is null)
            {
                tile[i].PointTo(block, value.Room);
            }
        }
        for (int i = 0; i < loop.Nodes.Count; i++)
        {
            loop.Nodes[i].Execute(kept.Operands[i], tile[loop.Work.Instructions[i].Result]);
        }
    }

    /// <summary>The values of a tile of some length as tensors, and those that each operation takes.</summary>
    private (Tensor[] Values, Tensor[][] Operands) TensorsOf(int count)
    {
        Tensor[] tile = [.. loop.Values.Select(value => value.Number ?? Tensor.Unbound(new TensorSpec([count], value.Spec.DType)))];
        return (tile,
            [.. Enumerable.Range(0, loop.Nodes.Count)
                .Select(i => Array.ConvertAll(loop.Work.Instructions[i].Operands, operand => tile[operand]))]);
    }

    private Span<byte> TileOf(TileValue value, PlanMemory memory, int start, int count)
    {
        int size = value.Spec.DType.ByteSize;
        return value.IsWhole
            ? memory[value.Source].WriteBytes().Slice(start * size, count * size)
            : block.Span<byte>(value.Room, count * size);
    }
}
