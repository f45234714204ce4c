using System.Numerics;
using Pyrite.Kernels.Reductions;

namespace Pyrite.Programs;

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
