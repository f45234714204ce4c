using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>A coin given by the probability of success.</summary>
internal readonly struct ProbabilityCoin : ICoinSide
{
    public static string Name => "probability";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Chances<V>(V coin, out V success, out V failure) where V : unmanaged, ISimd<V, double> =>
        (success, failure) = (coin, V.Of(1) - coin);

    public static (double Success, double Failure) Logarithms(double coin) => (Math.Log(coin), RealFunctions.Log1p(-coin));

    public static (double Success, double Failure) Chances(double coin) => (coin, 1 - coin);
}
