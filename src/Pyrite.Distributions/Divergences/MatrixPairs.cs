using Pyrite.Functions;

namespace Pyrite.Divergences;

/// <summary>Divergences between distributions of matrices and of structured Gaussian vectors.</summary>
internal static class MatrixPairs
{
    public static Tensor? Find(Distribution q, Distribution p) => (q, p) switch
    {
        (Wishart a, Wishart b) => OfWishart(a.Df, a.ScaleTril, b.Df, b.ScaleTril),
        (InverseWishart a, InverseWishart b) => OfInverseWishart(a, b),
        (LKJCholesky a, LKJCholesky b) => OfCorrelations(a, b),
        (ZeroSumNormal a, ZeroSumNormal b) => (a.EventShape[0] - 1) * OfScale(a.Scale / b.Scale),
        (GaussianRandomWalk a, GaussianRandomWalk b) => a.EventShape[0] * OfScale(a.Scale / b.Scale),
        _ => null,
    };

    private static Tensor OfScale(Tensor ratio) => (0.5 * (ratio - 1) * (ratio + 1)) - ratio.Log();

    /// <summary>Soch and Allefeld, "Kullback-Leibler divergence for the normal-gamma distribution", 2016, for the Wishart part.</summary>
    private static Tensor OfWishart(Tensor df1, Tensor factor1, Tensor df2, Tensor factor2)
    {
        int size = factor1.Shape[^1];
        Tensor trace = WishartFunctions.SquaredRatio(factor2, factor1);
        Tensor logRatio = WishartFunctions.LogDeterminant(factor2) - WishartFunctions.LogDeterminant(factor1);
        Tensor normalizers = WishartFunctions.LogMultivariateGamma(0.5 * df2, size) - WishartFunctions.LogMultivariateGamma(0.5 * df1, size);
        return (0.5 * df2 * logRatio) + (0.5 * df1 * (trace - size)) + normalizers + (0.5 * (df1 - df2) * WishartFunctions.MultivariateDigamma(0.5 * df1, size));
    }

    /// <summary>That of the inverses, which are Wishart with the inverse scale matrices.</summary>
    private static Tensor OfInverseWishart(InverseWishart q, InverseWishart p)
    {
        int size = q.ScaleTril.Shape[^1];
        Tensor trace = WishartFunctions.SquaredRatio(q.ScaleTril, p.ScaleTril);
        Tensor logRatio = WishartFunctions.LogDeterminant(q.ScaleTril) - WishartFunctions.LogDeterminant(p.ScaleTril);
        Tensor normalizers = WishartFunctions.LogMultivariateGamma(0.5 * p.Df, size) - WishartFunctions.LogMultivariateGamma(0.5 * q.Df, size);
        return (0.5 * p.Df * logRatio) + (0.5 * q.Df * (trace - size)) + normalizers + (0.5 * (q.Df - p.Df) * WishartFunctions.MultivariateDigamma(0.5 * q.Df, size));
    }

    private static Tensor OfCorrelations(LKJCholesky q, LKJCholesky p) => -q.Entropy() - p.ScoreOfLogDiagonal(q.ExpectedLogDiagonal);
}
