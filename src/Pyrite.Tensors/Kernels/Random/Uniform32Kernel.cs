using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Float32 uniforms (k + ½) 2⁻²³ with k the upper 23 bits of a 32-bit draw: the midpoints of 2²³ equal cells of (0, 1).</summary>
internal readonly struct Uniform32Kernel : IRandomKernel<float>
{
    public static int GroupLength => RandomBlock.Length32;

    public static void FillGroups(RandomKey key, ulong firstGroup, Span<float> destination)
    {
        ref float target = ref MemoryMarshal.GetReference(destination);
        for (int i = 0; i < destination.Length; i += RandomBlock.Length32)
        {
            RandomBlock.Draw32(key, firstGroup++, out Vector512<uint> row0, out Vector512<uint> row1, out Vector512<uint> row2,
                out Vector512<uint> row3);
            Uniform(row0).StoreUnsafe(ref target, (nuint)i);
            Uniform(row1).StoreUnsafe(ref target, (nuint)i + 16);
            Uniform(row2).StoreUnsafe(ref target, (nuint)i + 32);
            Uniform(row3).StoreUnsafe(ref target, (nuint)i + 48);
        }
    }

    /// <summary>The bits become the fraction of a number in [1, 2); taking off 1 - 2⁻²⁴ is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Uniform(Vector512<uint> bits) =>
        ((bits >>> 9) | Vector512.Create(0x3F800000u)).AsSingle() - Vector512.Create(0.99999994f);
}
