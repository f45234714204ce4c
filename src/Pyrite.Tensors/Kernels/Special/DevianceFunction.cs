using System.Runtime.CompilerServices;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>x log(x / m) + m - x, what a count x falls short of its expectation m in log-probability; m for x = 0.</summary>
/// <remarks>Loader (2000), "Fast and accurate computation of binomial probabilities": near x = m the terms cancel, so f - log(1 + f) with f = (m - x)
/// / x is taken as one series. Numbers whose ratio may leave the range, 0 as m and x below 0 go one by one.</remarks>
internal readonly struct DevianceFunction : ISimdPairFunction
{
    private const double Tiny = 1e-150, Huge = 1e150;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V a, V b) where V : unmanaged, ISimd<V, double>
    {
        V isZero = V.Equal(a, V.Of(0));
        V y = V.Select(isZero, b, OfPositive(a, b));
        V isOrdinary = (isZero | (V.Less(V.Of(Tiny), a) & V.Less(a, V.Of(Huge)))) & V.Less(V.Of(Tiny), b) & V.Less(b, V.Of(Huge));
        V isOther = V.Equal(isOrdinary & V.Of(1), V.Of(0));
        return V.Any(isOther) ? Patch(isOther, a, b, y) : y;
    }

    /// <summary>The function of positive numbers whose ratio is one of full precision; a 0 gives anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfPositive<V>(V x, V m) where V : unmanaged, ISimd<V, double>
    {
        V f = LogFunction.Split64(m / x, out V e);
        V isNear = V.Equal(e, V.Of(0));
        V excess = (m - x) / x;
        f = V.Select(isNear, excess, f);
        V far = V.Select(isNear, V.Of(0), (excess - f) - (e * V.Of(LogFunction.High64)));
        return x * (far + (LogFunction.Loss64(f) - (e * V.Of(LogFunction.Low64))));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Patch<V>(V mask, V a, V b, V y) where V : unmanaged, ISimd<V, double>
    {
        V values = a;
        for (int i = 0; i < V.Count; i++)
        {
            ref double lane = ref Unsafe.Add(ref Unsafe.As<V, double>(ref values), i);
            lane = DevianceMath.Deviance(lane, Unsafe.Add(ref Unsafe.As<V, double>(ref b), i));
        }
        return V.Select(mask, values, y);
    }
}
