namespace Pyrite.Likelihoods;

/// <summary>Counts with rate exp f.</summary>
internal sealed class PoissonLikelihood : LatentLikelihood
{
    public override Tensor LogProb(Tensor y, Tensor f) => (y * f) - f.Exp() - (y.To(DType.Float64) + 1).LogGamma();

    public override Tensor ExpectedLogProb(Tensor y, Tensor mean, Tensor variance) =>
        (y * mean) - (mean + (0.5 * variance)).Exp() - (y.To(DType.Float64) + 1).LogGamma();

    internal override (Tensor Slope, Tensor Curvature) Slopes(Tensor y, Tensor f)
    {
        Tensor rate = f.Exp();
        return (y - rate, rate);
    }
}
