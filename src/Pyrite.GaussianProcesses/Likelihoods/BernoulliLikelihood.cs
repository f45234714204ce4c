namespace Pyrite.Likelihoods;

/// <summary>Outcomes with log-odds f.</summary>
internal sealed class BernoulliLikelihood : LatentLikelihood
{
    public override Tensor LogProb(Tensor y, Tensor f) => (y * f) - f.Softplus();

    internal override (Tensor Slope, Tensor Curvature) Slopes(Tensor y, Tensor f)
    {
        Tensor chance = f.Sigmoid();
        return (y - chance, chance * (-f).Sigmoid());
    }
}
