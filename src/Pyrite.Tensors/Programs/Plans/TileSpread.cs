using System.Runtime.InteropServices;

namespace Pyrite.Programs.Plans;

/// <summary>Repeats the elements of a smaller tensor over a tile, as broadcasting does.</summary>
internal sealed class TileSpread
{
    private readonly int source;
    private readonly Tensor? number;
    private readonly int[] sizes;
    private readonly int[] steps;

    /// <param name="source">The smaller tensor; not used where there is a number.</param>
    /// <param name="number">The number that is repeated; null for a tensor.</param>
    /// <param name="from">The shape of what is repeated.</param>
    /// <param name="to">The shape that it is broadcast to.</param>
    public TileSpread(int source, Tensor? number, Shape from, Shape to)
    {
        (this.source, this.number) = (source, number);
        List<(int Size, int Step)> axes = [];
        int stride = 1;
        for (int back = 1; back <= to.Rank; back++)
        {
            int size = to.Sizes[to.Rank - back];
            int own = back <= from.Rank ? from.Sizes[from.Rank - back] : 1;
            int step = own == 1 ? 0 : stride;
            stride *= own;
            if (size == 1)
            {
                continue;
            }
            if (axes.Count > 0 && step == axes[^1].Step * axes[^1].Size)
            {
                axes[^1] = (axes[^1].Size * size, axes[^1].Step);
            }
            else
            {
                axes.Add((size, step));
            }
        }
        sizes = [.. axes.Select(a => a.Size)];
        steps = [.. axes.Select(a => a.Step)];
    }

    /// <summary>Fills a tile.</summary>
    /// <param name="memory">Where the smaller tensor is.</param>
    /// <param name="tile">The tile's memory.</param>
    /// <param name="start">The first element of the tile.</param>
    public void Run(PlanMemory memory, Span<byte> tile, int start)
    {
        Tensor from = number ?? memory[source];
        ReadOnlySpan<byte> elements = from.RawBytes();
        if (from.DType == DType.Float32)
        {
            Run(MemoryMarshal.Cast<byte, uint>(elements), MemoryMarshal.Cast<byte, uint>(tile), start);
        }
        else
        {
            Run(MemoryMarshal.Cast<byte, ulong>(elements), MemoryMarshal.Cast<byte, ulong>(tile), start);
        }
    }

    private void Run<T>(ReadOnlySpan<T> elements, Span<T> result, int start)
    {
        int at = 0;
        while (at < result.Length)
        {
            (int rest, int inner) = Math.DivRem(start + at, sizes[0]);
            int offset = inner * steps[0];
            for (int axis = 1; axis < sizes.Length; axis++)
            {
                (rest, int position) = Math.DivRem(rest, sizes[axis]);
                offset += position * steps[axis];
            }
            int run = Math.Min(sizes[0] - inner, result.Length - at);
            if (steps[0] == 0)
            {
                result.Slice(at, run).Fill(elements[offset]);
            }
            else
            {
                elements.Slice(offset, run).CopyTo(result[at..]);
            }
            at += run;
        }
    }
}
