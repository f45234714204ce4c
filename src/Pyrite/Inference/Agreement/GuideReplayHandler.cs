using Pyrite.Inference.Guides;
using Pyrite.Language.Series;

namespace Pyrite.Inference.Agreement;

/// <summary>Gives the latents of the model the values that the guide drew, and compares each with the guide's site at once, before the model computes
/// with a value that it should never have got.</summary>
/// <remarks>It is kept from step to step, with what it knows of the supports.</remarks>
internal sealed class GuideReplayHandler : Handler
{
    private readonly SupportAgreement supports = new();
    private Trace guide = null!;
    private TraceHandler model = null!;
    private GuideSurroundings? surroundings;
    private SampleSite? latent;
    private SampleSite? drawn;

    /// <summary>Turns to the next run.</summary>
    /// <param name="guideRun">The guide's run.</param>
    /// <param name="recorder">Records the model's run.</param>
    /// <param name="told">What automatic guides have been told about the model.</param>
    public GuideReplayHandler Follow(Trace guideRun, TraceHandler recorder, GuideSurroundings? told)
    {
        (guide, model, surroundings) = (guideRun, recorder, told);
        (latent, drawn) = (null, null);
        return this;
    }

    protected internal override void Before(SampleSite site)
    {
        // Data stays data: replacing it would silently change the likelihood.
        if (site.IsObserved || guide.Find(site.Name) is not SampleSite recorded)
        {
            return;
        }
        RefuseSeries(site, recorded);
        if (!recorded.IsObserved)
        {
            GuideSurroundings.Require(surroundings, site, recorded);
        }
        (latent, drawn) = (site, recorded);
        site.Value = recorded.Value;
    }

    /// <summary>The sites of a loop depend on each other in both directions, so that only gradients through draws are right.</summary>
    private static void RefuseSeries(SampleSite site, SampleSite recorded)
    {
        if (site.Distribution is SeriesDistribution { IsDiscrete: true } series)
        {
            throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                $"the guide draws it, but it follows {series.Name}, which is discrete. {series.DiscreteRemedy}");
        }
        if (recorded is { IsObserved: false, Distribution: SeriesDistribution { HasReparameterizedSample: false } drawn })
        {
            throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                $"the guide draws it in the rounds of a loop from {drawn.Name}, through whose draws no gradients flow. Draw it from a family that is "
                    + "reparameterized, such as Normal, LogNormal or Gamma.");
        }
    }

    internal override Reparameterization? Probe(SampleSite site)
    {
        if (guide.Find(site.Name) is SampleSite recorded)
        {
            site.Value = recorded.Value;
        }
        return null;
    }

    protected internal override void After(SampleSite site)
    {
        if (ReferenceEquals(site, latent) && drawn is { IsObserved: false } recorded)
        {
            LatentContract.Verify(site, recorded, model.Trace, guide);
            supports.Verify(site, recorded);
        }
    }

    protected internal override void Before(PlateSite site)
    {
        if (!site.IsGiven && guide.Find(site.Name) is PlateSite recorded && recorded.Size == site.Size
            && recorded.AskedSize == site.AskedSize)
        {
            site.Follow(recorded);
        }
    }
}
