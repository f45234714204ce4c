using Pyrite.Functions;
using Pyrite.Functions.Matrices;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;

namespace Pyrite.Multivariate;

/// <summary>What the Wishart families share.</summary>
internal static class WishartFunctions
{
    /// <summary>The map from factors to values, by which the factor of a value may be known.</summary>
    public static readonly CholeskyToCovarianceTransform ToCovariance = new();

    // Squares of smaller entries, and of their inverses, are no numbers of the type.
    private const double LeastLog64 = -340;
    private const double LeastLog32 = -40;

    /// <summary>The logarithm of the multivariate gamma function.</summary>
    public static Tensor LogMultivariateGamma(Tensor a, int size)
    {
        Tensor total = 0.25 * size * (size - 1) * Math.Log(Math.PI);
        for (int i = 0; i < size; i++)
        {
            total += (a - (0.5 * i)).LogGamma();
        }
        return total;
    }

    /// <summary>The derivative of <see cref="LogMultivariateGamma"/>.</summary>
    public static Tensor MultivariateDigamma(Tensor a, int size)
    {
        Tensor total = 0.0;
        for (int i = 0; i < size; i++)
        {
            total += (a - (0.5 * i)).Digamma();
        }
        return total;
    }

    /// <summary>Bartlett's factor: roots of chi-squares on the diagonal, Gaussians below.</summary>
    public static Tensor BartlettFactor(RandomKey key, Tensor df, Shape shape, DType type)
    {
        int size = shape[^1];
        Tensor halves = 0.5 * (df.OverEvent() - Tensor.Range(size).To(type));
        Tensor logs = StandardGamma.LogDraw(key.Child("diagonal"), halves, shape[..^1], type);
        Tensor diagonal = (0.5 * (logs + Math.Log(2))).Clamp(low: type == DType.Float32 ? LeastLog32 : LeastLog64).Exp();
        (Tensor above, Tensor onDiagonal) = Triangles.Masks(size);
        Tensor below = Tensor.Where(above, 0, key.Child("below").Normal(shape, type));
        return Tensor.Where(onDiagonal, diagonal.Unsqueeze(-1), below);
    }

    /// <summary>log det of L Lᵀ.</summary>
    public static Tensor LogDeterminant(Tensor factor) => 2 * factor.LogDiagonal().Sum(-1);

    /// <summary>The trace of (A⁻¹ B)(A⁻¹ B)ᵀ for lower-triangular A and B.</summary>
    public static Tensor SquaredRatio(Tensor a, Tensor b) => a.InverseOfLower().MatMul(b).Square().Sum([-2, -1]);
}
