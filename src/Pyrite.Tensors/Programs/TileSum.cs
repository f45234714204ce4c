using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Chains;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;

namespace Pyrite.Programs;

/// <summary>A sum of all elements that grows block by block, to the bits of a sum on its own.</summary>
internal sealed class TileSum(TileShape shape, DType type, int output)
{
    private readonly Tensor blocks = Tensor.Over(
        Storage.Allocate(shape.Parts * shape.BlocksInPart * type.ByteSize), new TensorSpec([shape.Parts * shape.BlocksInPart], type));

    /// <summary>Takes blocks from a tile's elements.</summary>
    /// <param name="values">The tile.</param>
    /// <param name="block">The number of its first block.</param>
    public void Add(Tensor values, int block)
    {
        if (type == DType.Float32)
        {
            Add(values.Read<float>(), blocks.Write<float>()[block..]);
        }
        else
        {
            Add(values.Read<double>(), blocks.Write<double>()[block..]);
        }
    }

    /// <summary>Takes blocks that a chain has summed.</summary>
    public void TakeBlocks(ChainCall call, int sum, int block, int count)
    {
        if (type == DType.Float32)
        {
            call.BlockSums(sum, blocks.Write<float>().Slice(block, count));
        }
        else
        {
            call.BlockSums(sum, blocks.Write<double>().Slice(block, count));
        }
    }

    /// <summary>Adds up all blocks.</summary>
    public void Finish(PlanMemory memory)
    {
        if (type == DType.Float32)
        {
            memory[output].Write<float>()[0] = Total(blocks.Read<float>());
        }
        else
        {
            memory[output].Write<double>()[0] = Total(blocks.Read<double>());
        }
    }

    private static void Add<T>(ReadOnlySpan<T> values, Span<T> sums) where T : unmanaged, INumber<T>
    {
        for (int block = 0; block * SumKernel.Block < values.Length; block++)
        {
            int start = block * SumKernel.Block;
            sums[block] = SumKernel.Sum(values[start..Math.Min(values.Length, start + SumKernel.Block)]);
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
