using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>A joint guide that is Normal on the unconstrained side with covariance diag(scale) (W Wᵀ + I) diag(scale), for many latents with few
/// common directions.</summary>
/// <remarks>Parameters <c>auto.loc</c>, <c>auto.scale</c> and <c>auto.factor</c> (W, [size, rank]). Ong, Nott and Smith, "Gaussian variational
/// approximation with a factor covariance structure", 2018.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public sealed class AutoLowRankMultivariateNormal<T> : AutoNormalJointGuide<T>
{
    private readonly double initialScale;
    private readonly int? rank;

    /// <summary>Makes the guide; the model runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">Where the mean starts; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    /// <param name="initialScale">The first standard deviation on the unconstrained side, about.</param>
    /// <param name="rank">How many common directions; the root of the number of latents, rounded, if not given.</param>
    public AutoLowRankMultivariateNormal(Action<T> model, GuideStart? start = null, double initialScale = 0.1, int? rank = null)
        : base(model, start)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialScale);
        ArgumentOutOfRangeException.ThrowIfLessThan(rank ?? 1, 1, nameof(rank));
        this.initialScale = initialScale;
        this.rank = rank;
    }

    private int Rank => rank ?? Math.Max(1, (int)Math.Round(Math.Sqrt(Size)));

    /// <inheritdoc/>
    protected internal override Distribution Posterior()
    {
        Tensor loc = Param($"{Prefix}.loc", StartVector);
        Tensor scale = Param($"{Prefix}.scale", () => Tensor.Full([Size], initialScale * Math.Sqrt(0.5), StartVector.DType), Constraints.Positive);
        Tensor factor =
            Param($"{Prefix}.factor", () => RandomKey.FromSeed(0).Child("low rank start").Normal([Size, Rank], StartVector.DType) / Math.Sqrt(Rank));
        return new LowRankMultivariateNormal(loc, scale.Unsqueeze(-1) * factor, scale.Square(), validate: false);
    }
}
