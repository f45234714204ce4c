namespace Pyrite.Likelihoods;

/// <summary>Any likelihood, by the distribution of the observations.</summary>
internal sealed class FunctionLikelihood(Func<Tensor, Distribution> observations, int nodes) : LatentLikelihood
{
    private readonly Lazy<GaussHermite> rule = new(() => GaussHermite.Of(nodes));

    private protected override GaussHermite Quadrature => rule.Value;

    public override Tensor LogProb(Tensor y, Tensor f)
    {
        Distribution given = observations(f);
        Tensor score = given.LogProb(y);
        return score.Shape == f.Shape
            ? score
            : throw new ArgumentException(
                $"LatentLikelihood.Of: for values of shape {f.Shape} the function gave {given.Name}, which scores observations {y.Shape} as "
                    + $"{score.Shape}; "
                    + "it must score each by itself. Leave out ToEvent.");
    }

    internal override (Tensor Slope, Tensor Curvature) Slopes(Tensor y, Tensor f)
    {
        using NoGradient.Scope tracked = NoGradient.Suspend();
        Tensor at = f.RequiresGradient ? f : f.AsVariable();
        Tensor slope = Gradient.Of(LogProb(y, at).Sum(), [at], createGraph: true)[0];
        return (slope, -Gradient.Of(slope.Sum(), [at], createGraph: true)[0]);
    }
}
