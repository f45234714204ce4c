using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Simd;

/// <summary>Replaces lanes by what a plain function gives.</summary>
internal static class SimdPatch
{
    /// <summary>The rule's value of x where the mask is set, y elsewhere.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Apply<TRule, V, T>(V mask, V x, V y)
        where TRule : struct, IScalarRule<T>
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
    {
        V values = x;
        for (int i = 0; i < V.Count; i++)
        {
            ref T lane = ref Unsafe.Add(ref Unsafe.As<V, T>(ref values), i);
            lane = TRule.Of(lane);
        }
        return V.Select(mask, values, y);
    }
}
