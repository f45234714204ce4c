using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;
using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Special;

/// <summary>k log(k / np) + j log(j / nq) with n = k + j, for a coin with chances p and q; see <see cref="CoinDevianceFunction{TCoin}"/>.</summary>
/// <remarks>The linear terms of both deviances cancel, so slopes in k and j are plain logarithms of ratios.</remarks>
internal readonly struct CoinDevianceKernel<TCoin> : ITripleKernel
    where TCoin : struct, ICoinSide
{
    public static string Name => $"deviance of a coin by its {TCoin.Name}";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfTriple<CoinDevianceFunction<TCoin>>();

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WidePairs.RunTriples<CoinDevianceFunction<TCoin>, T>(a, b, c, y);

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor c, Tensor dy, int input)
    {
        if (input == 2)
        {
            return dy * (typeof(TCoin) == typeof(LogOddsCoin) ? (b * c.Sigmoid()) - (a * (-c).Sigmoid())
                : typeof(TCoin) == typeof(OddsCoin) ? (b - a.ZeroOver(c)) / (1 + c)
                : b.ZeroOver(1 - c) - a.ZeroOver(c));
        }
        bool isSuccess = input == 0;
        Tensor share = isSuccess ? a.LogShare(b) : b.LogShare(a);
        return dy * (share + (typeof(TCoin) == typeof(LogOddsCoin) ? (isSuccess ? -c : c).Softplus()
            : typeof(TCoin) == typeof(OddsCoin) ? isSuccess ? (1 / c).Log1p() : c.Log1p()
            : isSuccess ? -c.Log() : -(-c).Log1p()));
    }
}
