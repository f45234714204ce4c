using Pyrite.Kernels.Reductions;

namespace Pyrite.Kernels.Chains;

/// <summary>A chain of element-wise operations that loads every operand once, computes in registers and stores what is needed.</summary>
/// <remarks>Values are numbered: first the tiles it reads, then single numbers, then the results of its instructions in order.</remarks>
internal sealed class ChainCode(DType type, int tiles, int singles, ChainInstruction[] instructions, int[] stores, int[] sums) : IEquatable<ChainCode>
{
    /// <summary>Elements that are summed together, as <see cref="SumKernel"/> does.</summary>
    public const int SumBlock = SumKernel.Block;

    /// <summary>Float32 or Float64.</summary>
    public DType Type { get; } = type;

    /// <summary>How many tiles are read.</summary>
    public int Tiles { get; } = tiles;

    /// <summary>How many single numbers are read.</summary>
    public int Singles { get; } = singles;

    /// <summary>The operations in order.</summary>
    public ReadOnlySpan<ChainInstruction> Instructions => instructions;

    /// <summary>Values that are written to tiles.</summary>
    public ReadOnlySpan<int> Stores => stores;

    /// <summary>Values of which each block leaves a vector of partial sums; tiles are then whole blocks.</summary>
    public ReadOnlySpan<int> Sums => sums;

    public bool Equals(ChainCode? other) => other is not null && Type == other.Type && Tiles == other.Tiles && Singles == other.Singles
        && Instructions.SequenceEqual(other.Instructions) && Stores.SequenceEqual(other.Stores) && Sums.SequenceEqual(other.Sums);

    public override bool Equals(object? obj) => Equals(obj as ChainCode);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Type);
        hash.Add(Tiles);
        hash.Add(Singles);
        foreach (ChainInstruction instruction in Instructions)
        {
            hash.Add(instruction);
        }
        foreach (int store in Stores)
        {
            hash.Add(store);
        }
        foreach (int sum in Sums)
        {
            hash.Add(~sum);
        }
        return hash.ToHashCode();
    }
}
