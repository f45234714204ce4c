using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>The logarithm to base 10: log(1 + f) / log 10 plus the exponent times log 2 / log 10, whose first part has so few bits that the product
/// is exact.</summary>
/// <remarks>Within 2 units in the last place.</remarks>
internal readonly struct Log10Function : ISimdFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V f = LogFunction.Split32(x, out V e);
        V small = V.MultiplyAdd(e, V.Of(4.60503907e-6f), LogFunction.Sum32(f, V.Of(0)) * V.Of(0.434294492f));
        return LogFunction.Finish32(x, V.MultiplyAdd(e, V.Of(0.301025391f), small));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V f = LogFunction.Split64(x, out V e);
        V small = V.MultiplyAdd(e, V.Of(1.2647602381650425e-11), LogFunction.Sum64(f, V.Of(0)) * V.Of(0.4342944819032518));
        return LogFunction.Finish64(x, V.MultiplyAdd(e, V.Of(0.3010299956513336), small));
    }
}
