using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>The sine; large angles one by one by the runtime's function.</summary>
internal readonly struct SinFunction : ISimdFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float>
    {
        V y = V.Select(V.Equal(x, V.Of(0)), x, AngleReduction.Sine32(x, 0));
        V isLarge = V.Less(V.Of(AngleReduction.Limit32), V.Abs(x));
        return V.Any(isLarge) ? SimdPatch.Apply<Rule, V, float>(isLarge, x, y) : y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V y = V.Select(V.Equal(x, V.Of(0)), x, AngleReduction.Sine64(x, 0));
        V isLarge = V.Less(V.Of(AngleReduction.Limit64), V.Abs(x));
        return V.Any(isLarge) ? SimdPatch.Apply<Rule, V, double>(isLarge, x, y) : y;
    }

    private readonly struct Rule : IScalarRule<float>, IScalarRule<double>
    {
        public static float Of(float x) => MathF.Sin(x);

        public static double Of(double x) => Math.Sin(x);
    }
}
