using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>The smallest element; NaN wins.</summary>
internal readonly struct MinLaneKernel : ILaneKernel
{
    public static string Name => "min";

    public static Func<INumbers, int[], int[]> Numbers => (numbers, lane) =>
        [numbers.Fold(lane, double.PositiveInfinity, numbers.Minimum)];

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T> =>
        result[0] = TensorPrimitives.Min(lane);

    /// <summary>Ties share the gradient evenly.</summary>
    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy)
    {
        Tensor chosen = x.EqualTo(y).To(dy.DType);
        return dy * (chosen / chosen.Sum(1, keepDimensions: true));
    }
}
