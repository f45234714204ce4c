using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>The cosine; large angles one by one by the runtime's function.</summary>
internal readonly struct CosFunction : ISimdFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V y = AngleReduction.Sine32(x, 1);
        V isLarge = V.Less(V.Of(AngleReduction.Limit32), V.Abs(x));
        return V.Any(isLarge) ? SimdPatch.Apply<Rule, V, float>(isLarge, x, y) : y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V y = AngleReduction.Sine64(x, 1);
        V isLarge = V.Less(V.Of(AngleReduction.Limit64), V.Abs(x));
        return V.Any(isLarge) ? SimdPatch.Apply<Rule, V, double>(isLarge, x, y) : y;
    }

    private readonly struct Rule : IScalarRule<float>, IScalarRule<double>
    {
        public static float Of(float x) => MathF.Cos(x);

        public static double Of(double x) => Math.Cos(x);
    }
}
