using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>1 / (1 + e⁻ˣ), from e^-|x| so that nothing overflows and small results keep their digits.</summary>
/// <remarks>Within 2 units in the last place.</remarks>
internal readonly struct SigmoidFunction : ISimdFunction
{
    public static bool IsShort => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V e = ExpFunction.Single(x | V.Of(-0f));
        return V.Select(V.Less(x, V.Of(0)), e, V.Of(1)) / (e + V.Of(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V e = ExpFunction.Double(x | V.Of(-0d));
        return V.Select(V.Less(x, V.Of(0)), e, V.Of(1)) / (e + V.Of(1));
    }
}
