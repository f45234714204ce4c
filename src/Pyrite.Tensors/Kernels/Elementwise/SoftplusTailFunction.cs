using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>log(1 + e^-|x|), what softplus is above max(x, 0).</summary>
/// <remarks>1 + u with u from 0 to 1 is at most one doubling away from the range of the logarithm's series; what its rounding lost is put back.
/// Within 2 units in the last place.</remarks>
internal readonly struct SoftplusTailFunction : ISimdFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V u = ExpFunction.Single(x | V.Of(-0f));
        V w = u + V.Of(1);
        V isAbove = V.Less(V.Of(1.41421354f), w);
        V lost = u - (w - V.Of(1));
        V half = V.MultiplyAdd(lost, V.Of(0.5f), V.MultiplyAdd(w, V.Of(0.5f), V.Of(-1)));
        return LogFunction.Sum32(V.Select(isAbove, half, u), isAbove & V.Of(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V u = ExpFunction.Double(x | V.Of(-0d));
        V w = u + V.Of(1);
        V isAbove = V.Less(V.Of(1.4142135623730951), w);
        V lost = u - (w - V.Of(1));
        V half = V.MultiplyAdd(lost, V.Of(0.5), V.MultiplyAdd(w, V.Of(0.5), V.Of(-1)));
        return LogFunction.Sum64(V.Select(isAbove, half, u), isAbove & V.Of(1));
    }
}
