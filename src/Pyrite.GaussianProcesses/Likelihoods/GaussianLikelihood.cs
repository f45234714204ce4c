using Pyrite.Checks;

namespace Pyrite.Likelihoods;

/// <summary>Values with Gaussian noise.</summary>
internal sealed class GaussianLikelihood(Tensor noiseVariance) : LatentLikelihood
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    private readonly Tensor variance = ParameterCheck.RequirePositive("LatentLikelihood.Gaussian", nameof(noiseVariance), noiseVariance);

    public override Tensor LogProb(Tensor y, Tensor f) => -0.5 * (((y - f).Square() / variance) + variance.Log() + LogTwoPi);

    public override Tensor ExpectedLogProb(Tensor y, Tensor mean, Tensor variance) =>
        -0.5 * ((((y - mean).Square() + variance) / this.variance) + this.variance.Log() + LogTwoPi);

    internal override (Tensor Slope, Tensor Curvature) Slopes(Tensor y, Tensor f) => ((y - f) / variance, (1 / variance).BroadcastTo(f.Shape));
}
