using Pyrite.Kernels.Code;
using Pyrite.Kernels.Memory;

namespace Pyrite;

/// <summary>What of the machine numbers and speed depend on.</summary>
public static class Machine
{
    /// <summary>The instruction set in use, such as "X64 512-bit FMA": architecture, widest vectors, fused multiply-add, and whether code is written
    /// at run time.</summary>
    /// <remarks>The same program gives the same bits wherever this is the same: on any number of threads, at any size of the caches, recorded or
    /// not. Another kind rounds sums and products differently.</remarks>
    public static string Kind { get; } = InstructionSet.Name;

    /// <summary>The size of a core's second-level cache in bytes, by which work is scheduled; 1 MiB where it is not known. No bits depend on
    /// it.</summary>
    /// <remarks>Asked of the system (Linux), or taken from the environment variable <c>PYRITE_L2_CACHE</c>, read once: bytes, or a number with K or
    /// M, from 64K to 1024M, or "unknown".</remarks>
    /// <exception cref="InvalidOperationException">The variable has no size.</exception>
    public static int SecondLevelCacheBytes => SecondLevelCache.Bytes;
}
