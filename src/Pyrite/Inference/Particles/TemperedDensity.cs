namespace Pyrite.Inference.Particles;

/// <summary>Prior and likelihood of a model apart: prior times likelihood to a power.</summary>
/// <remarks>Latent sites are the prior; observed sites and factors are the likelihood. The prior is the model without what it observes, and the
/// likelihood is what is left of the whole, so that discrete sites that are summed out belong where they should.</remarks>
internal sealed class TemperedDensity
{
    private readonly Potential whole;
    private readonly Potential prior;
    private readonly double[] slopes;

    private TemperedDensity(Potential whole, Potential prior)
    {
        this.whole = whole;
        this.prior = prior;
        slopes = new double[whole.Dimension];
    }

    /// <summary>The model with what it observes.</summary>
    public Potential Whole => whole;

    /// <summary>How many numbers a point has.</summary>
    public int Dimension => whole.Dimension;

    /// <summary>Takes a model apart.</summary>
    /// <exception cref="ModelException">The model is wrong, has priors that are none, or its latent sites differ without its data.</exception>
    public static TemperedDensity Of(Action model, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        Potential whole = Potential.Of(model, seed, InitialValues.Prior);
        Potential prior = Potential.Of(new BlockHandler(site => site is SampleSite { IsObserved: true }).Wrap(model), seed, InitialValues.Prior);
        return Places(whole).SequenceEqual(Places(prior))
            ? new TemperedDensity(whole, prior)
            : throw new ModelException(null, "prior and likelihood cannot be taken apart: without its observations the model has other latent sites ("
                + $"{string.Join(", ", Places(prior).Select(site => site.Name))} instead of "
                + $"{string.Join(", ", Places(whole).Select(site => site.Name))}). "
                + "Use Mcmc.Run.");
    }

    /// <summary>The same with memory of its own, for another thread.</summary>
    public TemperedDensity Fork() => new(whole.Fork(), prior.Fork());

    /// <summary>A point drawn from the priors.</summary>
    public double[] Draw(RandomKey key) => whole.Prior(key);

    /// <summary>Both parts at a point; minus infinity where the model cannot be computed.</summary>
    public PointDensity At(double[] point)
    {
        double ofPrior = prior.LogDensity(point), all = double.IsFinite(ofPrior) ? whole.LogDensity(point) : double.NegativeInfinity;
        return Parts(ofPrior, all);
    }

    /// <summary>Both parts at a point, and the gradient of prior times likelihood to a power.</summary>
    public PointDensity At(double[] point, double temperature, double[] gradient)
    {
        double ofPrior = prior.LogDensity(point, slopes);
        double all = double.IsFinite(ofPrior) ? whole.LogDensity(point, gradient) : double.NegativeInfinity;
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (temperature * gradient[i]) + ((1 - temperature) * slopes[i]);
        }
        return Parts(ofPrior, all);
    }

    private static IEnumerable<(string Name, int Offset, int Count)> Places(Potential potential) =>
        potential.Sites.Select(site => (site.Name, site.Offset, site.Count));

    private static PointDensity Parts(double ofPrior, double all) => double.IsFinite(all)
        ? new PointDensity(ofPrior, all - ofPrior)
        : new PointDensity(ofPrior, double.NegativeInfinity);
}
