using Pyrite.Functions.Special;

namespace Pyrite.Divergences;

/// <summary>Divergences between Gaussian vectors of every description.</summary>
internal static class GaussianVectorPairs
{
    public static Tensor? Find(Distribution q, Distribution p) =>
        Describe(q) is { } a && Describe(p) is { } b ? Divergence(a.Loc, a.Factor, b.Loc, b.Factor) : null;

    private static (Tensor Loc, Tensor Factor)? Describe(Distribution distribution) => distribution switch
    {
        MultivariateNormal d => (d.Loc, d.ScaleTril),
        LowRankMultivariateNormal d => (d.Loc, d.CovarianceMatrix.CholeskyFactor()),
        Independent { Axes: 1, Base: Normal d } =>
            (d.Loc, Tensor.Identity(d.BatchShape[^1], d.DType) * d.StandardDeviation.Unsqueeze(-1)),
        _ => null,
    };

    private static Tensor Divergence(Tensor loc1, Tensor factor1, Tensor loc2, Tensor factor2)
    {
        Tensor shift = factor2.SolveLower(loc1 - loc2);
        // By the relative difference of the factors, L₂⁻¹ (L₁ - L₂), so that near-equal ones keep their digits.
        Tensor change = factor2.InverseOfLower().MatMul(factor1 - factor2);
        return (0.5 * (change.Square().Sum([-2, -1]) + shift.Square().Sum(-1))) + change.Diagonal().Log1pGap().Sum(-1);
    }
}
