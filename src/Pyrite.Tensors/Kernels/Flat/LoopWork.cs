
namespace Pyrite.Kernels.Flat;

/// <summary>What one loop over the elements of arrays of one length computes; operands are sources.</summary>
/// <param name="count">The elements.</param>
/// <param name="stores">Results that must stand in memory.</param>
/// <param name="tailMask">Where a vector stands whose first lanes, as many as a last partial vector has, are ones.</param>
internal sealed class LoopWork(int count, HashSet<int> stores, ReplayPlace tailMask)
{
    /// <summary>The elements.</summary>
    public int Count => count;

    /// <summary>Results that must stand in memory.</summary>
    public HashSet<int> Stores => stores;

    /// <summary>A vector whose first lanes are ones, as many as the last partial vector has.</summary>
    public ReplayPlace TailMask => tailMask;

    /// <summary>The operands that are single numbers.</summary>
    public HashSet<int> Singles { get; } = [];

    /// <summary>What is computed element by element, in order.</summary>
    public List<LoopInstruction> Instructions { get; } = [];

    /// <summary>Sums of all elements.</summary>
    public List<LoopSum> Sums { get; } = [];

    /// <summary>Checks of all elements.</summary>
    public List<LoopVerdict> Verdicts { get; } = [];

    /// <summary>Products whose results are elements of the loop.</summary>
    public List<LoopProduct> Products { get; } = [];

    /// <summary>Products with vectors that are elements of the loop.</summary>
    public List<LoopProduct> TransposedProducts { get; } = [];

    /// <summary>For each weight of <see cref="TransposedProducts"/> where a block of it is kept.</summary>
    public Dictionary<int, ReplayPlace> Weights { get; } = [];
}
