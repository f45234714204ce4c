using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>The hyperbolic tangent: x + x³ p(x²) for small |x|, else with the sign of x u / (u + 2) of u = e^2|x| - 1 in Float32, and
/// 1 - 2 / (e^2|x| + 1) in Float64.</summary>
/// <remarks>p is a Chebyshev fit of this project. Within 2 units in the last place.</remarks>
internal readonly struct TanhFunction : ISimdFunction
{
    public static bool IsShort => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V size = V.Abs(x);
        V z = x * x;
        V small = V.MultiplyAdd(x * z, V.Of(-0.051653985f).Horner(z, 0.133270666f).Horner(z, -0.333333075f), x);
        V large = ExpFunction.Expm1OfPositive32(V.Smaller(V.Of(10), size) * V.Of(2));
        return V.Select(V.Less(size, V.Of(0.27f)), small, large / (large + V.Of(2))) | (x & V.Of(-0f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V size = V.Abs(x);
        V z = x * x;
        V p = V.Of(-2.060276537636634e-05).Horner(z, 8.511313685577672e-05).Horner(z, -0.0002346347410887237).Horner(z, 0.0005889360520074057)
            .Horner(z, -0.001455661830100716).Horner(z, 0.003592110378689024).Horner(z, -0.008863234397814355).Horner(z, 0.021869488493666944)
            .Horner(z, -0.053968253967434016).Horner(z, 0.13333333333332714).Horner(z, -0.3333333333333333);
        V small = V.MultiplyAdd(x * z, p, x);
        V large = V.Of(1) - (V.Of(2) / (ExpFunction.Double(size + size) + V.Of(1)));
        return V.Select(V.Less(size, V.Of(0.55)), small, large) | (x & V.Of(-0d));
    }
}
