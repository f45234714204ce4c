using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>A coin given by the odds of success.</summary>
internal readonly struct OddsCoin : ICoinSide
{
    public static string Name => "odds";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Chances<V>(V coin, out V success, out V failure) where V : unmanaged, ISimd<V, double>
    {
        failure = V.Of(1) / (V.Of(1) + coin);
        success = coin * failure;
    }

    public static (double Success, double Failure) Logarithms(double coin) =>
        (double.IsPositiveInfinity(coin) ? 0 : -RealFunctions.Log1p(1 / coin), -RealFunctions.Log1p(coin));

    public static (double Success, double Failure) Chances(double coin) => (double.IsPositiveInfinity(coin) ? 1 : coin / (1 + coin), 1 / (1 + coin));
}
