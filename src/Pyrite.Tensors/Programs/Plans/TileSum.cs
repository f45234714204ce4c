using System.Numerics;
using System.Runtime.InteropServices;
using Pyrite.Engine;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;

namespace Pyrite.Programs.Plans;

/// <summary>The sum of a value of a loop, of all elements or of rows, to the bits of a sum on its own.</summary>
/// <param name="shape">How the elements are cut into tiles.</param>
/// <param name="value">The number of the value.</param>
/// <param name="type">Float32 or Float64.</param>
/// <param name="output">The result.</param>
internal sealed class TileSum(TileShape shape, int value, DType type, int output)
{
    // The sums of all blocks, until the loop has ended.
    private readonly Tensor? blocks = !shape.IsSum ? null : Tensor.Over(
        Storage.Allocate(shape.Parts * shape.BlocksInPart * type.ByteSize), new TensorSpec([shape.Parts * shape.BlocksInPart], type));

    /// <summary>The number of the value.</summary>
    public int Value => value;

    /// <summary>Sums what a tile has of it.</summary>
    /// <param name="tile">The elements.</param>
    /// <param name="start">The number of the first.</param>
    /// <param name="block">The number of the first block of sums.</param>
    /// <param name="memory">Where sums of rows go.</param>
    public void Add(ReadOnlySpan<byte> tile, int start, int block, PlanMemory memory)
    {
        (Tensor target, int first, int piece) =
            blocks is null ? (memory[output], start / shape.Row, shape.Row) : (blocks, block, SumKernel.Block);
        if (type == DType.Float32)
        {
            Add(MemoryMarshal.Cast<byte, float>(tile), piece, target.Write<float>()[first..]);
        }
        else
        {
            Add(MemoryMarshal.Cast<byte, double>(tile), piece, target.Write<double>()[first..]);
        }
    }

    /// <summary>Adds up all blocks.</summary>
    public void Finish(PlanMemory memory)
    {
        if (blocks is null)
        {
            return;
        }
        if (type == DType.Float32)
        {
            memory[output].Write<float>()[0] = Total(blocks.Read<float>());
        }
        else
        {
            memory[output].Write<double>()[0] = Total(blocks.Read<double>());
        }
    }

    private static void Add<T>(ReadOnlySpan<T> values, int piece, Span<T> sums) where T : unmanaged, INumber<T>
    {
        for (int i = 0; i * piece < values.Length; i++)
        {
            sums[i] = SumKernel.Sum(values[(i * piece)..Math.Min(values.Length, (i + 1) * piece)]);
        }
    }

    private T Total<T>(ReadOnlySpan<T> sums) where T : unmanaged, INumber<T>
    {
        Span<T> parts = stackalloc T[shape.Parts];
        for (int part = 0; part < parts.Length; part++)
        {
            parts[part] = SumKernel.SumBlocks(sums.Slice(part * shape.BlocksInPart, shape.BlocksInPart), shape.PartLength(part));
        }
        return parts.Length == 1 ? parts[0] : SumKernel.Sum<T>(parts);
    }
}
