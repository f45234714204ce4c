namespace Pyrite;

/// <content>Norms.</content>
public static partial class Moments
{
    extension(Tensor x)
    {
        /// <summary>The vector norm of some order over axes.</summary>
        /// <param name="axes">Axes, negative ones counted from the end.</param>
        /// <param name="order">p: the p-th root of Σ |x|ᵖ; ±∞: the largest or smallest |x|; 0: how many are not 0. The gradient of the 2-norm at 0 is
        /// 0.</param>
        /// <param name="keepDimensions">Whether reduced axes stay with size 1.</param>
        public Tensor Norm(ReadOnlySpan<int> axes, double order = 2, bool keepDimensions = false) => order switch
        {
            0 => x.NotEqualTo(0).To(x.DType).Sum(axes, keepDimensions),
            1 => x.Abs().Sum(axes, keepDimensions),
            2 => x.Square().Sum(axes, keepDimensions).RootOrZero(),
            double.PositiveInfinity => x.Abs().Max(axes, keepDimensions),
            double.NegativeInfinity => x.Abs().Min(axes, keepDimensions),
            _ => x.Abs().Pow(order).Sum(axes, keepDimensions).Pow(1 / order),
        };

        /// <summary>The Euclidean norm of all elements.</summary>
        public Tensor Norm() => x.Norm([]);
    }
}
