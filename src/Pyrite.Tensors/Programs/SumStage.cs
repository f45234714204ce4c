using System.Numerics;
using Pyrite.Kernels;

namespace Pyrite.Programs;

/// <summary>A tile's share of a sum of all elements, unless a chain has taken it already.</summary>
internal sealed class SumStage(int values, TileSum sum, ChainStage? chain) : TileStage([values], [])
{
    public override void Run(TileRoom room)
    {
        if (chain is null || !chain.Sums(room.Count))
        {
            sum.Add(room.Values[values], room.Block);
        }
    }
}

/// <summary>The sums of a tile's rows.</summary>
internal sealed class RowSumStage(int values, int sums, int row) : TileStage([values], [sums])
{
    public override void Run(TileRoom room)
    {
        if (room.Values[sums].DType == DType.Float32)
        {
            Run<float>(room);
        }
        else
        {
            Run<double>(room);
        }
    }

    private void Run<T>(TileRoom room) where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> elements = room.Values[values].Read<T>();
        Span<T> results = room.Values[sums].Write<T>();
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = SumKernel.Sum(elements.Slice(i * row, row));
        }
    }
}
