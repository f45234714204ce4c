
namespace Pyrite;

/// <summary>A joint guide that is Normal on the unconstrained side, so that means, covariances and quantiles are formulas.</summary>
/// <typeparam name="T">What the model takes.</typeparam>
public abstract class AutoNormalJointGuide<T> : AutoJointGuide<T>
{
    /// <summary>A guide of a model, which runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">Where the mean starts; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    protected AutoNormalJointGuide(Action<T> model, GuideStart? start = null)
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
            (Tensor mean, Tensor step) = (posterior.Mean, z * posterior.Variance.Sqrt());
            Dictionary<string, Tensor> quantiles = [];
            int offset = 0;
            foreach (GuideSite site in KnownSites)
            {
                Tensor free = site.Unwound(Numbers(site, mean, offset, 0.0)) + Numbers(site, step, offset, 0.0);
                quantiles.Add(site.Name, site.Choose(site.Constrain(free).Value).Keep());
                offset += site.FreeCount;
            }
            return quantiles;
        });
    }

    /// <inheritdoc/>
    protected internal override (Tensor Loc, Tensor Scale)? TurnsOf() =>
        Posterior() is var posterior ? (posterior.Mean, posterior.Variance.Sqrt()) : null;

    private static Tensor CovarianceOf(Distribution posterior) => posterior switch
    {
        MultivariateNormal full => full.CovarianceMatrix,
        LowRankMultivariateNormal lowRank => lowRank.CovarianceMatrix,
        _ => posterior.Variance.DiagonalEmbed(),
    };
}
