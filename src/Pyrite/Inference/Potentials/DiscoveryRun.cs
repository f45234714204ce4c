namespace Pyrite.Inference.Potentials;

/// <summary>The run in which a model shows its sites; what it computes there does not matter, as long as it gets to its end.</summary>
internal static class DiscoveryRun
{
    private const int Tries = 20;

    /// <summary>Runs a model at small random numbers, else at given values, at draws from the priors, and at last with no check of
    /// parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="given">Values of latent sites at which it is known to work; null for none.</param>
    /// <param name="key">Where random numbers come from.</param>
    /// <exception cref="ModelException">It fails everywhere.</exception>
    public static ModelRun Of(Action model, IReadOnlyDictionary<string, Tensor>? given, RandomKey key)
    {
        SiteFailure? first = null;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            RandomKey own = key.Child(attempt);
            if (TryRun(model, site => Small(site, own), own, out SiteFailure? failure) is { } run)
            {
                return run;
            }
            first ??= failure;
        }
        if (given is not null && TryRun(model, site => ValueOf(site, given) ?? Small(site, key), key, out _) is { } atGiven)
        {
            return atGiven;
        }
        for (int attempt = Tries; attempt < 2 * Tries; attempt++)
        {
            RandomKey own = key.Child(attempt);
            if (TryRun(model, site => Draw(site, own) ? null : Small(site, own), own, out _) is { } run)
            {
                return run;
            }
        }
        // Where parameters suit their families only in a small part of the space, the sites are still there to be seen; whether there is a start is
        // another question.
        using (StepCheck.Suspend())
        {
            return TryRun(model, site => Small(site, key), key, out _)
                ?? throw new ModelException(null, $"The model failed {first!.Message}", first.InnerException);
        }
    }

    private static ModelRun? TryRun(Action model, Func<SampleSite, Tensor?> numbers, RandomKey key, out SiteFailure? failure)
    {
        failure = null;
        try
        {
            return ModelRun.Of(model, numbers, key);
        }
        catch (SiteFailure reason)
        {
            failure = reason;
            return null;
        }
    }

    /// <summary>Draws a site; false for a flat prior, which cannot be drawn from.</summary>
    private static bool Draw(SampleSite site, RandomKey key)
    {
        try
        {
            site.Value = site.Distribution.Sample(key.Child(site.Name));
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private static Tensor Small(SampleSite site, RandomKey key) =>
        key.Child(site.Name).Normal(SamplerSpace.Of(site).NumbersOf(site.Distribution.BatchShape + site.Distribution.EventShape), DType.Float64);

    /// <summary>The numbers of a given value; null where there is none that suits, of which the start itself will tell.</summary>
    private static Tensor? ValueOf(SampleSite site, IReadOnlyDictionary<string, Tensor> given) =>
        given.TryGetValue(site.Name, out Tensor? value) && value.Shape == site.Distribution.BatchShape + site.Distribution.EventShape
            && site.Distribution.Support.Check(value).All()
            ? SamplerSpace.Of(site).NumbersOf(value)
            : null;
}
