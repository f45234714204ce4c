using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>2 to the power of x: 2ⁿ eʳ with r = (x - n) log 2.</summary>
/// <remarks>Within 2 units in the last place; exact for whole x.</remarks>
internal readonly struct Exp2Function : ISimdFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        x = V.Larger(V.Of(-152), V.Smaller(V.Of(129), x));
        V shifter = V.Of(SimdPowers.Shifter32);
        V n = (x + shifter) - shifter;
        V tail = ExpFunction.Tail32((x - n) * V.Of(0.693147182f));
        return V.Scale(V.Of(1) + tail, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        x = V.Larger(V.Of(-1080), V.Smaller(V.Of(1025), x));
        V shifter = V.Of(SimdPowers.Shifter64);
        V n = (x + shifter) - shifter;
        V tail = ExpFunction.Tail64((x - n) * V.Of(0.6931471805599453));
        return V.Scale(V.Of(1) + tail, n);
    }
}
