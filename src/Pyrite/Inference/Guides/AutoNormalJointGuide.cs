namespace Pyrite;

/// <summary>A joint guide that is Normal on the unconstrained side, so that means, covariances and quantiles are formulas.</summary>
/// <typeparam name="T">What the model takes.</typeparam>
public abstract class AutoNormalJointGuide<T> : AutoJointGuide<T>
{
    private protected AutoNormalJointGuide(Action<T> model, GuideStart? start)
        : base(model, start)
    {
    }

    /// <summary>The mean of the unconstrained vector, [size]; see <see cref="AutoJointGuide{T}.Coordinates"/>.</summary>
    /// <param name="parameters">The fit; null for the guide's start.</param>
    /// <exception cref="InvalidOperationException">The guide has not run yet.</exception>
    public Tensor FreeMean(ParamStore? parameters) => With(parameters, () => Posterior().Mean.Keep());

    /// <summary>The covariance of the unconstrained vector, [size, size].</summary>
    /// <param name="parameters">The fit; null for the guide's start.</param>
    /// <exception cref="InvalidOperationException">The guide has not run yet.</exception>
    public Tensor FreeCovariance(ParamStore? parameters) => With(parameters, () => CovarianceOf(Posterior()).Keep());

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Quantile(ParamStore? parameters, double level)
    {
        CheckLevel(level);
        double z = NormalQuantile(level);
        return With(parameters, () =>
        {
            Distribution posterior = Posterior();
            return Split(posterior.Mean + (z * posterior.Variance.Sqrt()))
                .ToDictionary(part => part.Site.Name, part => part.Site.Choose(part.Value).Keep());
        });
    }

    private static Tensor CovarianceOf(Distribution posterior) => posterior switch
    {
        MultivariateNormal full => full.CovarianceMatrix,
        LowRankMultivariateNormal lowRank => lowRank.CovarianceMatrix,
        _ => posterior.Variance.DiagonalEmbed(),
    };
}
