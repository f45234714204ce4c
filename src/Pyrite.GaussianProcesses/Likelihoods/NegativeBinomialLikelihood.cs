using Pyrite.Checks;

namespace Pyrite.Likelihoods;

/// <summary>Counts with mean exp f that scatter more than Poisson's.</summary>
internal sealed class NegativeBinomialLikelihood(Tensor concentration) : LatentLikelihood
{
    private readonly Tensor concentration =
        ParameterCheck.RequirePositive("LatentLikelihood.NegativeBinomial", nameof(concentration), concentration).To(DType.Float64);

    public override Tensor LogProb(Tensor y, Tensor f)
    {
        Tensor counts = y.To(DType.Float64);
        Tensor logOdds = f - concentration.Log();
        return (counts * logOdds) - ((counts + concentration) * logOdds.Softplus()) + (counts + concentration).LogGamma()
            - concentration.LogGamma() - (counts + 1).LogGamma();
    }

    internal override (Tensor Slope, Tensor Curvature) Slopes(Tensor y, Tensor f)
    {
        Tensor logOdds = f - concentration.Log();
        Tensor share = logOdds.Sigmoid();
        return (y - ((y + concentration) * share), (y + concentration) * share * (-logOdds).Sigmoid());
    }
}
