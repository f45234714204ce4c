using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>eˣ - 1 = 2ⁿ ((eʳ - 1) + (1 - 2⁻ⁿ)), so that small x lose nothing.</summary>
/// <remarks>Within 2 units in the last place.</remarks>
internal readonly struct Expm1Function : ISimdFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V tail = ExpFunction.Reduce32(x, -18, 89, out V n);
        V y = V.Scale(tail + (V.Of(1) - V.Scale(V.Of(1), V.Of(0) - n)), n);
        return V.Select(V.Equal(x, V.Of(0)), x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V tail = ExpFunction.Reduce64(x, -38, 710, out V n);
        V y = V.Scale(tail + (V.Of(1) - V.Scale(V.Of(1), V.Of(0) - n)), n);
        return V.Select(V.Equal(x, V.Of(0)), x, y);
    }
}
