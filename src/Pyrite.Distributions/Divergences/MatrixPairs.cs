using Pyrite.Functions.Special;
using Pyrite.Multivariate;

namespace Pyrite.Divergences;

/// <summary>Divergences between distributions of matrices and of structured Gaussian vectors.</summary>
internal static class MatrixPairs
{
    public static Tensor? Find(Distribution q, Distribution p) => (q, p) switch
    {
        (Wishart a, Wishart b) => OfWishart(a.Df, a.ScaleTril, b.Df, b.ScaleTril),
        (InverseWishart a, InverseWishart b) => OfInverseWishart(a, b),
        (LKJCholesky a, LKJCholesky b) => OfCorrelations(a, b),
        (ZeroSumNormal a, ZeroSumNormal b) => (a.EventShape[0] - 1) * OfScale((a.Scale - b.Scale) / b.Scale),
        (GaussianRandomWalk a, GaussianRandomWalk b) => (a.EventShape[0] * OfScale((a.Scale - b.Scale) / b.Scale))
            + (a.Start is null && b.Start is null ? 0.0 : 0.5 * (((a.Start ?? 0.0) - (b.Start ?? 0.0)) / b.Scale).Square()),
        _ => null,
    };

    private static Tensor OfScale(Tensor change) => (0.5 * change.Square()) + change.Log1pGap();

    /// <summary>Soch and Allefeld, "Kullback-Leibler divergence for the normal-gamma distribution", 2016, for the Wishart part.</summary>
    private static Tensor OfWishart(Tensor df1, Tensor factor1, Tensor df2, Tensor factor2)
    {
        int size = factor1.Shape[^1];
        Tensor trace = WishartFunctions.SquaredRatio(factor2, factor1);
        Tensor logRatio = WishartFunctions.LogDeterminant(factor2) - WishartFunctions.LogDeterminant(factor1);
        return (0.5 * df2 * logRatio) + (0.5 * df1 * (trace - size)) + Gaps(0.5 * df1, 0.5 * df2, size);
    }

    /// <summary>That of the inverses, which are Wishart with the inverse scale matrices.</summary>
    private static Tensor OfInverseWishart(InverseWishart q, InverseWishart p)
    {
        int size = q.ScaleTril.Shape[^1];
        Tensor trace = WishartFunctions.SquaredRatio(q.ScaleTril, p.ScaleTril);
        Tensor logRatio = WishartFunctions.LogDeterminant(q.ScaleTril) - WishartFunctions.LogDeterminant(p.ScaleTril);
        return (0.5 * p.Df * logRatio) + (0.5 * q.Df * (trace - size)) + Gaps(0.5 * q.Df, 0.5 * p.Df, size);
    }

    private static Tensor OfCorrelations(LKJCholesky q, LKJCholesky p) => -q.Entropy() - p.ScoreOfLogDiagonal(q.ExpectedLogDiagonal);

    /// <summary>By what the logarithm of the multivariate gamma function exceeds its tangent.</summary>
    private static Tensor Gaps(Tensor shape1, Tensor shape2, int size)
    {
        Tensor halves = 0.5 * Tensor.Range(size).To(shape1.DType);
        return (shape1.Unsqueeze(-1) - halves).LogGammaGap(shape2.Unsqueeze(-1) - halves).Sum(-1);
    }
}
