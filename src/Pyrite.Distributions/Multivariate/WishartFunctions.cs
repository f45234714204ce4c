using Pyrite.Functions;
using Pyrite.Functions.Matrices;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

namespace Pyrite.Multivariate;

/// <summary>What the Wishart families share.</summary>
internal static class WishartFunctions
{
    /// <summary>The map from factors to values, by which the factor of a value may be known.</summary>
    public static readonly CholeskyToCovarianceTransform ToCovariance = new();

    // Squares of smaller entries, and of their inverses, are no numbers of the type.
    private const double LeastLog64 = -340;
    private const double LeastLog32 = -40;

    // From here on the terms of a density near its mode are as large as the degrees of freedom, and what is left of them is not.
    private const double Large = 100;

    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>What the density of a Wishart matrix has beside the determinant of the value, from the lower-triangular ratio M of the value's factor
    /// and the scale's: Σ (aᵢ log xᵢ - xᵢ - log Γ(aᵢ) + (i / 2) log xᵢ) - Σ Mᵢⱼ² / 2 below the diagonal - n (n - 1) / 4 log π for xᵢ = Mᵢᵢ² / 2 and
    /// aᵢ = (df - i) / 2. Squares on the diagonal are chi-squares (Bartlett, 1933), which are scored near their modes without cancellation.</summary>
    public static Tensor LogDensityOfRatio(Tensor df, Tensor ratio, int size)
    {
        Tensor order = 0.5 * Tensor.Range(size).To(ratio.DType), shapes = (0.5 * df).OverEvent() - order;
        Tensor logs = ratio.LogDiagonal(), squares = 0.5 * (2 * logs).Exp(), logSquares = (2 * logs) - Math.Log(2);
        Tensor plain = (shapes * logSquares) - squares - shapes.LogGamma();
        Tensor cancels = (shapes > Large) & (squares > 0.25 * shapes) & (squares < 4 * shapes);
        Tensor near = shapes.LogGammaDensityAt(Tensor.Where(cancels, squares, 1)) + logSquares;
        Tensor terms = Tensor.Where(cancels, near, plain) + (order * logSquares);
        return terms.Sum(-1) - (0.5 * ratio.LowerTriangle(-1).Square().Sum([-2, -1])) - (0.25 * size * (size - 1) * Math.Log(Math.PI));
    }

    /// <summary>log Γₙ(df / 2) - Σ (aᵢ - dᵢ) ψ(aᵢ) + n df / 2 for aᵢ = (df - i) / 2, without the cancellation of terms as large as df.</summary>
    /// <param name="df">The degrees of freedom.</param>
    /// <param name="size">n.</param>
    /// <param name="differences">dᵢ, one for each i from 0 to n - 1.</param>
    public static Tensor EntropyRest(Tensor df, int size, Tensor differences)
    {
        Tensor order = 0.5 * Tensor.Range(size).To(differences.DType), shapes = (0.5 * df).To(differences.DType).OverEvent() - order, d = differences;
        Tensor terms = ((d - 0.5) * shapes.Log()) + order + HalfLogTwoPi + 0.5 + shapes.StirlingRest() - (0.5 * d / shapes)
            - ((shapes - d) * shapes.StirlingRestSlope());
        return terms.Sum(-1) + (0.25 * size * (size - 1) * Math.Log(Math.PI));
    }

    /// <summary>Bartlett's factor: roots of chi-squares on the diagonal, Gaussians below.</summary>
    public static Tensor BartlettFactor(RandomKey key, Tensor df, Shape shape, DType type)
    {
        int size = shape[^1];
        Tensor halves = 0.5 * (df.OverEvent() - Tensor.Range(size).To(type));
        Tensor logs = key.Child("diagonal").LogGamma(halves, shape[..^1], type);
        Tensor diagonal = (0.5 * (logs + Math.Log(2))).Clamp(low: type == DType.Float32 ? LeastLog32 : LeastLog64).Exp();
        (Tensor above, Tensor onDiagonal) = Triangles.Masks(size);
        Tensor below = Tensor.Where(above, 0, key.Child("below").Normal(shape, type));
        return Tensor.Where(onDiagonal, diagonal.Unsqueeze(-1), below);
    }

    /// <summary>log det of L Lᵀ.</summary>
    public static Tensor LogDeterminant(Tensor factor) => 2 * factor.LogDiagonal().Sum(-1);

    /// <summary>A⁻¹ B for lower-triangular A and B.</summary>
    public static Tensor Ratio(Tensor a, Tensor b) => a.InverseOfLower().MatMul(b);

    /// <summary>The trace of (A⁻¹ B)(A⁻¹ B)ᵀ for lower-triangular A and B.</summary>
    public static Tensor SquaredRatio(Tensor a, Tensor b) => Ratio(a, b).Square().Sum([-2, -1]);
}
