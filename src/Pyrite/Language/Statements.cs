namespace Pyrite.Language;

/// <summary>Statements that a handler makes on behalf of a site.</summary>
internal static class Statements
{
    /// <summary>A new site inside the plates of another one, counted and masked alike.</summary>
    public static SampleSite Inherit(SampleSite parent, string name, Distribution distribution, Tensor? observed = null, bool isTwin = false)
    {
        return new SampleSite(name, distribution, observed)
        {
            IsAuxiliary = parent.IsAuxiliary,
            IsFromPrior = parent.IsFromPrior,
            IsTwin = isTwin,
            Options = parent.Options,
            Scale = parent.Scale,
            Weight = parent.Weight,
            Mask = parent.Mask,
            PartMask = parent.PartMask,
            Key = isTwin ? parent.Key : null,
            PlateFrames = parent.PlateFrames,
        };
    }

    /// <summary>States a random variable in place of another one.</summary>
    public static Tensor Sample(SampleSite parent, string name, Distribution distribution)
    {
        SampleSite site = Inherit(parent, name, distribution);
        HandlerStack.Apply(site);
        return site.Value;
    }

    /// <summary>States a result in place of a random variable, and ends that one's way outwards.</summary>
    public static void Replace(SampleSite site, Tensor value)
    {
        DeterministicSite result =
            new(site.Name, value, site.Distribution.EventShape.Rank)
            {
                PlateFrames = site.PlateFrames,
                PartMask = site.PartMask,
                EventNames = site.Options.Find<EventNames>(),
            };
        HandlerStack.Apply(result);
        site.Value = result.Value;
        site.IsHidden = true;
    }
}
