using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Float64 uniforms (k + ½) 2⁻⁵² with k the upper 52 bits of a 64-bit draw: the midpoints of 2⁵² equal cells of (0, 1).</summary>
internal readonly struct Uniform64Kernel : IRandomKernel<double>
{
    public static int GroupLength => RandomBlock.Length64;

    public static void FillGroups(RandomKey key, ulong firstGroup, Span<double> destination)
    {
        ref double target = ref MemoryMarshal.GetReference(destination);
        for (int i = 0; i < destination.Length; i += RandomBlock.Length64)
        {
            RandomBlock.Draw64(key, firstGroup++, out Vector512<ulong> row0, out Vector512<ulong> row1);
            Uniform(row0).StoreUnsafe(ref target, (nuint)i);
            Uniform(row1).StoreUnsafe(ref target, (nuint)i + 8);
        }
    }

    /// <summary>The bits become the fraction of a number in [1, 2); taking off 1 - 2⁻⁵³ is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Uniform(Vector512<ulong> bits) =>
        ((bits >>> 12) | Vector512.Create(0x3FF0000000000000ul)).AsDouble() - Vector512.Create(0.99999999999999989);
}
