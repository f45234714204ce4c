using System.Runtime.InteropServices;

namespace Pyrite.Programs;

/// <summary>Repeats the elements of a smaller tensor over a tile, as broadcasting does.</summary>
internal sealed class SpreadStage : TileStage
{
    private readonly int source;
    private readonly int target;
    private readonly int[] sizes;
    private readonly int[] steps;

    /// <param name="source">A single number or a whole tensor.</param>
    /// <param name="target">The tile.</param>
    /// <param name="from">The shape of the source.</param>
    /// <param name="to">The shape that it is broadcast to.</param>
    public SpreadStage(int source, int target, Shape from, Shape to)
        : base([source], [target])
    {
        this.source = source;
        this.target = target;
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

    public override void Run(TileRoom room)
    {
        Tensor result = room.Values[target];
        ReadOnlySpan<byte> elements = room.Values[source].RawBytes();
        switch (result.DType.ByteSize)
        {
            case 4:
                Run(MemoryMarshal.Cast<byte, uint>(elements), MemoryMarshal.Cast<byte, uint>(result.WriteBytes()), room.Start);
                break;
            case 8:
                Run(MemoryMarshal.Cast<byte, ulong>(elements), MemoryMarshal.Cast<byte, ulong>(result.WriteBytes()), room.Start);
                break;
            default:
                Run(elements, result.WriteBytes(), room.Start);
                break;
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
