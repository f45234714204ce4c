using System.Collections.Concurrent;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Code;

namespace Pyrite.Kernels.Chains;

/// <summary>The compiled chains of the process, made on first use and shared by all plans.</summary>
internal static class ChainTable
{
    private static readonly ConcurrentDictionary<ChainCode, ChainFunction> Functions = new();

    /// <summary>Bytes of a vector.</summary>
    public static readonly int Width = Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16;

    /// <summary>Whether chains are compiled at run time.</summary>
    public static readonly bool IsAvailable = RunTimeCode.IsAvailable && Vector128.IsHardwareAccelerated;

    /// <summary>Whether chains sum in registers: the order of sums is that of vectors of 512 bits.</summary>
    public static readonly bool HasSums = IsAvailable && Vector512.IsHardwareAccelerated;

    /// <summary>The chain's code, compiled if need be.</summary>
    public static ChainFunction Find(ChainCode code) => Functions.GetOrAdd(code, static chain => ChainEmitter.Emit(chain, Width));
}
