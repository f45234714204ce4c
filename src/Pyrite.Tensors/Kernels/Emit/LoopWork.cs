
namespace Pyrite.Kernels.Emit;

/// <summary>What one loop over the elements of arrays of one length computes; operands are sources.</summary>
/// <param name="count">The elements.</param>
/// <param name="type">Float32 or Float64.</param>
/// <param name="stores">Results that must stand in memory.</param>
/// <param name="tailMask">Where a vector stands whose first lanes, as many as a last partial vector has, are
/// ones; null where the code does not know the elements.</param>
/// <param name="keepsBits">Whether divisions stay divisions.</param>
internal sealed class LoopWork(int count, DType type, HashSet<int> stores, Place? tailMask, bool keepsBits)
{
    /// <summary>The elements.</summary>
    public int Count => count;

    /// <summary>Their type.</summary>
    public DType Type => type;

    /// <summary>Whether divisions stay divisions.</summary>
    public bool KeepsBits => keepsBits;

    /// <summary>Results that must stand in memory.</summary>
    public HashSet<int> Stores => stores;

    /// <summary>A vector whose first lanes are ones, as many as the last partial vector has.</summary>
    public Place? TailMask => tailMask;

    /// <summary>The operands and results that are truth values: bytes in memory, lanes of ones or zeros in registers.</summary>
    public HashSet<int> Truths { get; } = [];

    /// <summary>The operands that are single numbers.</summary>
    public HashSet<int> Singles { get; } = [];

    /// <summary>The operands that are arrays.</summary>
    public IEnumerable<int> Arrays =>
        Instructions.SelectMany(instruction => instruction.Operands)
            .Concat(Sums.Select(sum => sum.Value)).Concat(Verdicts.Select(verdict => verdict.Value)).Distinct()
            .Where(source => !Singles.Contains(source) && !Instructions.Exists(instruction => instruction.Result == source)
                && !Products.Exists(product => product.Result == source));

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
    public Dictionary<int, Place> Weights { get; } = [];
}
