using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Raw 32-bit draws.</summary>
internal readonly struct Bits32Kernel : IRandomKernel<uint>
{
    public static int GroupLength => RandomBlock.Length32;

    public static void FillGroups(RandomKey key, ulong firstGroup, Span<uint> destination)
    {
        ref uint target = ref MemoryMarshal.GetReference(destination);
        for (int i = 0; i < destination.Length; i += RandomBlock.Length32)
        {
            RandomBlock.Draw32(key, firstGroup++, out Vector512<uint> row0, out Vector512<uint> row1, out Vector512<uint> row2,
                out Vector512<uint> row3);
            row0.StoreUnsafe(ref target, (nuint)i);
            row1.StoreUnsafe(ref target, (nuint)i + 16);
            row2.StoreUnsafe(ref target, (nuint)i + 32);
            row3.StoreUnsafe(ref target, (nuint)i + 48);
        }
    }
}
