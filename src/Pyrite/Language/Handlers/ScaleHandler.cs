namespace Pyrite;

/// <summary>Multiplies log-densities by a factor, for subsamples, weights and annealing.</summary>
public sealed class ScaleHandler : Handler
{
    private readonly double factor = 1;
    private readonly Tensor? weights;

    /// <summary>Scales by a factor.</summary>
    /// <param name="factor">At least 0 and finite.</param>
    public ScaleHandler(double factor)
    {
        if (!(factor >= 0) || double.IsInfinity(factor))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor,
                "A scale must be finite and at least 0. Use a MaskHandler to leave sites out.");
        }
        this.factor = factor;
    }

    /// <summary>Scales every entry by a weight of its own.</summary>
    /// <param name="weights">At least 0 and finite; broadcast against the batch shapes of the sites inside.</param>
    public ScaleHandler(Tensor weights)
    {
        if (!(weights >= 0).All() || !weights.AllFinite())
        {
            throw new ArgumentOutOfRangeException(nameof(weights),
                $"A scale must be finite and at least 0; found {weights}. Use a MaskHandler to leave sites out.");
        }
        this.weights = weights;
    }

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        site.Scale *= factor;
        if (weights is not null)
        {
            site.Weight = site.Weight is null ? weights : site.Weight * weights;
        }
    }
}
