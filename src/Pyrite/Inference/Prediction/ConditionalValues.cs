using Pyrite.Inference.Enumeration;
using Pyrite.Language;

namespace Pyrite.Inference.Prediction;

/// <summary>Values of discrete sites that a posterior has no draws of, because they were summed out: drawn together, given its values of the other
/// sites and what the model observes.</summary>
/// <remarks>Sites that are neither known nor summed out come from their prior, as in the prediction itself: from the same keys, and whatever their
/// draws are, they tell nothing of what they depend on.</remarks>
internal sealed class ConditionalValues<T>(Action<T> model, T data, PosteriorValues values)
{
    /// <summary>Whether a run has such sites, and data that may tell of them.</summary>
    public bool Applies(Trace trace) => trace.SampleSites.Any(site => site.Observation is not null)
        && trace.SampleSites.Any(site => site.Observation is null && IsSummed(site));

    /// <summary>Gives the sites their values in the run of one draw.</summary>
    /// <param name="posterior">Gives the posterior's values.</param>
    /// <param name="key">The key of the draw.</param>
    /// <param name="plateKey">The key of its subsamples.</param>
    public Handler Of(Handler posterior, RandomKey key, RandomKey plateKey)
    {
        using LiftingScope scope = LiftingScope.Begin();
        EnumeratedRuns runs = Summed(scope, posterior, key, plateKey);
        return new GivenHandler(EnumeratedRuns.Explained(() => JointDraw.Of(runs, key.Child("discrete"))));
    }

    /// <summary>The log-density of each observation in the run of one draw, given all others, with the sites summed out.</summary>
    /// <param name="posterior">Gives the posterior's values.</param>
    /// <param name="key">The key of the draw.</param>
    /// <param name="plateKey">The key of its subsamples.</param>
    public IReadOnlyList<(SampleSite Site, Tensor Density)> Densities(Handler posterior, RandomKey key, RandomKey plateKey)
    {
        using NoGradient.Scope tracked = NoGradient.Suspend();
        using LiftingScope scope = LiftingScope.Begin();
        EnumeratedRuns runs = Summed(scope, posterior, key, plateKey);
        return EnumeratedRuns.Explained(() => ObservationDensities.Of(runs));
    }

    private EnumeratedRuns Summed(LiftingScope scope, Handler posterior, RandomKey key, RandomKey plateKey) =>
        EnumeratedRuns.Of(scope, IsSummed, handler => TracedRun.Of("model", () => model(data), values.Store(), new BlockHandler(IsFromPrior),
            new SeedHandler(key.Child("model"), plateKey), handler, posterior));

    /// <summary>The posterior of the sites given one draw of all others.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">What it takes.</param>
    /// <param name="values">The posterior of all others.</param>
    /// <param name="draw">The number of the draw.</param>
    /// <param name="key">Its key.</param>
    /// <exception cref="ModelException">A latent site is neither known nor can it be summed out.</exception>
    public static Discrete Posterior(Action<T> model, T data, PosteriorValues values, int draw, RandomKey key)
    {
        using StepScope step = StepScope.Begin();
        step.RecordAfresh();
        RandomKey plateKey = key.Child("plates");
        Handler posterior;
        using (NoGradient.Begin())
        {
            posterior = values.Of(draw, key, plateKey);
        }
        using NoGradient.Scope tracked = NoGradient.Suspend();
        using LiftingScope scope = LiftingScope.Begin();
        return Discrete.Of(EnumeratedRuns.Of(scope, site => EnumerationChoice.IsSummed(site) && !values.Has(site.Name),
            handler => TracedRun.Of("model", () => model(data), values.Store(), new RequiredHandler(values),
                new SeedHandler(key.Child("model"), plateKey), handler, posterior)));
    }

    private bool IsSummed(SampleSite site) => EnumerationChoice.IsSummed(site) && !values.Has(site.Name) && FiniteSupport.Exists(site);

    private bool IsFromPrior(Site site) => site is SampleSite { IsObserved: false, HasValue: false } sample
        && !(sample.PartMask is not null && values.Has(sample.Name));

    private sealed class GivenHandler(IReadOnlyDictionary<string, Tensor> drawn) : Handler
    {
        protected internal override void Before(SampleSite site)
        {
            if (!site.IsObserved && !site.HasValue && site.Observation is null && drawn.TryGetValue(site.Name, out Tensor? value))
            {
                site.Value = value;
            }
        }
    }

    /// <summary>Refuses latent sites without a value.</summary>
    private sealed class RequiredHandler(PosteriorValues values) : Handler
    {
        protected internal override void Before(SampleSite site)
        {
            if (!site.IsObserved && !site.HasValue && !site.IsFromPrior && !(site.PartMask is not null && values.Has(site.Name)))
            {
                throw new ModelException(site.Name, "the posterior has no value for it in the plates that the model has with these data, and it is "
                    + "not summed out. Give data with the plates of the fit, or use a guide that looks at the data of each entry.");
            }
        }
    }
}
