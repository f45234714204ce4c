using Pyrite.Ops.Products;

namespace Pyrite;

/// <content>The map of a fully connected layer.</content>
public static partial class MatrixMultiplication
{
    extension(Tensor a)
    {
        /// <summary>x · weightᵀ + bias: the affine map of a fully connected layer.</summary>
        /// <param name="weight">[out, in].</param>
        /// <param name="bias">[out], or null.</param>
        /// <returns>[.., out] for x of shape [.., in].</returns>
        /// <exception cref="ArgumentException">The last axis of x is not the weight's.</exception>
        public Tensor Linear(Tensor weight, Tensor? bias = null)
        {
            if (weight.Rank != 2 || a.Rank < 1 || a.Shape[^1] != weight.Shape[1] || (bias is not null && bias.Shape != [weight.Shape[0]]))
            {
                throw new ArgumentException(
                    $"linear: an input [.., in], a weight [out, in] and a bias [out] are needed; "
                        + $"found {a.Shape}, {weight.Shape} and {bias?.Shape.ToString() ?? "none"}.");
            }
            Shape shape = a.Shape[..^1] + [weight.Shape[0]];
            int rows = checked((int)a.Shape[..^1].Count);
            Tensor flat = a.Reshape(rows, weight.Shape[1]);
            return MatMulOperation.Of(flat, weight, bias, false, true).Reshape(shape);
        }
    }
}
