using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>The logarithm to base 2: the exponent plus log(1 + f) / log 2, exact for powers of two.</summary>
/// <remarks>Within 2 units in the last place.</remarks>
internal readonly struct Log2Function : ISimdFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V f = LogFunction.Split32(x, out V e);
        V y = V.MultiplyAdd(LogFunction.Sum32(f, V.Of(0)), V.Of(1.44269504f), e);
        return LogFunction.Finish32(x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V f = LogFunction.Split64(x, out V e);
        V y = V.MultiplyAdd(LogFunction.Sum64(f, V.Of(0)), V.Of(1.4426950408889634), e);
        return LogFunction.Finish64(x, y);
    }
}
