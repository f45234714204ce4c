using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>log(1 + x): the logarithm of the rounded sum, its f corrected by what the rounding lost, so that small x lose nothing.</summary>
/// <remarks>The loss comes from Knuth's two-sum. Within 2 units in the last place.</remarks>
internal readonly struct Log1pFunction : ISimdFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V w = x + V.Of(1);
        V other = w - x;
        V lost = (V.Of(1) - other) + (x - (w - other));
        V f = LogFunction.Split32(w, out V e);
        V y = LogFunction.Sum32(f + V.Scale(lost, V.Of(0) - e), e);
        return V.Select(V.Equal(x, V.Of(0)), x, LogFunction.Finish32(w, y));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V w = x + V.Of(1);
        V other = w - x;
        V lost = (V.Of(1) - other) + (x - (w - other));
        V f = LogFunction.Split64(w, out V e);
        V y = LogFunction.Sum64(f + V.Scale(lost, V.Of(0) - e), e);
        return V.Select(V.Equal(x, V.Of(0)), x, LogFunction.Finish64(w, y));
    }
}
