using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Raw 64-bit draws.</summary>
internal readonly struct Bits64Kernel : IRandomKernel<ulong>
{
    public static int GroupLength => RandomBlock.Length64;

    public static void FillGroups(RandomKey key, ulong firstGroup, Span<ulong> destination)
    {
        ref ulong target = ref MemoryMarshal.GetReference(destination);
        for (int i = 0; i < destination.Length; i += RandomBlock.Length64)
        {
            RandomBlock.Draw64(key, firstGroup++, out Vector512<ulong> row0, out Vector512<ulong> row1);
            row0.StoreUnsafe(ref target, (nuint)i);
            row1.StoreUnsafe(ref target, (nuint)i + 8);
        }
    }
}
