using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels;

namespace Pyrite.Ops;

/// <summary>log Σ eˣ without overflow.</summary>
internal readonly struct LogSumExpLaneKernel : ILaneKernel
{
    public static string Name => "logsumexp";

    public static double? OfNothing => double.NegativeInfinity;

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = TensorPrimitives.Max(lane);
        result[0] = T.IsFinite(largest) ? largest + T.Log(SumOfExponentials(lane, largest)) : largest;
    }

    /// <summary>The gradient is the softmax; where all is -∞ it is 0.</summary>
    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (x - Tensor.Where(y.EqualTo(double.NegativeInfinity), 0.0, y)).Exp();

    /// <summary>Σ e^(x - shift), added in blocks.</summary>
    internal static T SumOfExponentials<T>(ReadOnlySpan<T> lane, T shift) where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Tile = 1024;
        Span<T> part = stackalloc T[Math.Min(Tile, lane.Length)];
        T sum = T.Zero;
        for (int start = 0; start < lane.Length; start += Tile)
        {
            int length = Math.Min(Tile, lane.Length - start);
            TensorPrimitives.Subtract(lane.Slice(start, length), shift, part);
            ExponentialKernel.Exp<T>(part[..length], part[..length]);
            sum += SumKernel.Sum<T>(part[..length]);
        }
        return sum;
    }
}
