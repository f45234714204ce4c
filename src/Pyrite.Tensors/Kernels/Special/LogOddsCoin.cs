using System.Runtime.CompilerServices;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>A coin given by the log-odds of success.</summary>
internal readonly struct LogOddsCoin : ICoinSide
{
    public static string Name => "log-odds";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Chances<V>(V coin, out V success, out V failure) where V : unmanaged, ISimd<V, double>
    {
        V odds = ExpFunction.Double(coin | V.Of(-0d));   // of the rarer side
        V common = V.Of(1) / (V.Of(1) + odds);
        V rare = odds * common;
        V isRare = V.Less(coin, V.Of(0));
        success = V.Select(isRare, rare, common);
        failure = V.Select(isRare, common, rare);
    }

    public static (double Success, double Failure) Logarithms(double coin) => (-Softplus(-coin), -Softplus(coin));

    public static (double Success, double Failure) Chances(double coin) => (1 / (1 + Math.Exp(-coin)), 1 / (1 + Math.Exp(coin)));

    private static double Softplus(double x) => Math.Max(x, 0) + RealFunctions.Log1p(Math.Exp(-Math.Abs(x)));
}
