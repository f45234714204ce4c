using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>log(1 + eˣ) = max(x, 0) + log(1 + e^-|x|).</summary>
internal readonly struct SoftplusFunction : ISimdFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float> => V.Larger(V.Of(0), x) + SoftplusTailFunction.Single(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double> => V.Larger(V.Of(0), x) + SoftplusTailFunction.Double(x);
}
