using Pyrite.Handlers;

namespace Pyrite.Inference.Guides;

/// <summary>Runs a model once to learn its latent sites, without leaving a trace in the run that goes on around.</summary>
internal static class GuidePrototype
{
    /// <summary>The latent sites of a model in order, with their starts.</summary>
    /// <param name="guide">The guide's kind, for messages.</param>
    /// <param name="model">The model with its data.</param>
    /// <param name="start">Where the guide starts.</param>
    public static List<GuideSite> Of(string guide, Action model, GuideStart start)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();

        // Parameters and networks are shown to the run around, so that they start from its seed; draws are not, and have keys of their own.
        using HandlerScope hidden = new BlockHandler(site => site is SampleSite or DeterministicSite or PlateSite).Enter();
        RandomKey key = RandomKey.FromSeed(0).Child("guide start");
        Trace trace = Trace.Of("model", model, new StartHandler(guide, start, key), new SeedHandler(key.Child("draws"), key.Child("plates")));
        return [.. trace.SampleSites.Where(IsLatent).Select(site => Describe(guide, site))];
    }

    /// <summary>Whether a guide has to draw a site.</summary>
    public static bool IsLatent(SampleSite site) => !site.IsObserved && !site.IsFromPrior;

    /// <summary>Opens the plates around a site; entries that the model masks out do not count in the guide either.</summary>
    public static HandlerScope Enter(GuideSite site, IReadOnlyDictionary<string, Tensor>? indices)
    {
        HandlerScope all = HandlerStack.Mark();
        try
        {
            foreach (PlateFrame plate in site.Plates)
            {
                Tensor? given = indices?.GetValueOrDefault(plate.Name);
                PlateOpening.Open(plate.Name, plate.Size, given is null ? plate.SubsampleSize : null, given, plate.Dimension);
            }
            if (site.Mask is not null)
            {
                // Its scope ends with that of the plates.
                new MaskHandler(site.Mask).Enter();
            }
        }
        catch
        {
            all.Dispose();
            throw;
        }
        return all;
    }

    private static GuideSite Describe(string guide, SampleSite site)
    {
        PlateFrame[] plates = [.. site.Plates.Where(plate => plate.IsVectorized)];
        if (site.Plates.FirstOrDefault(plate => !plate.IsVectorized && plate.SubsampleSize != plate.Size) is { Name: not null } loop)
        {
            throw new ModelException(ModelError.GuideUnsuitable, site.Name, $"{guide} cannot learn a latent of the subsampled sequential plate \"{loop.Name}\": each run has other sites. Use a vectorized Plate, or write this part of the guide by hand and join both in an AutoGuideList.");
        }
        if (site.Mask is not null && plates.Any(plate => plate.SubsampleSize != plate.Size))
        {
            throw new ModelException(ModelError.GuideUnsuitable, site.Name, $"{guide} cannot learn a masked latent of a subsampled plate: the mask is another in each run. Look at the whole plate, or mark the site fromPrior: true.");
        }
        Constraint support = ElementSupport(site.Distribution);
        Transform map = Keep(ConstraintRegistry.BijectTo(support));
        Tensor value = Whole(site.Value.BroadcastTo(site.Distribution.BatchShape + site.Distribution.EventShape), plates, site.Distribution.EventShape.Rank);
        Tensor free = map.Inverse(value);
        Shape batch = value.Shape[..^site.Distribution.EventShape.Rank];
        return new GuideSite(site.Name, plates, batch, site.Distribution.EventShape, free.Shape[batch.Rank..], map is IdentityTransform ? null : map, free.Keep(), site.Mask?.Keep());
    }

    /// <summary>The support of the family inside: <c>ToEvent</c> and the like only repeat it.</summary>
    private static Constraint ElementSupport(Distribution distribution) => distribution switch
    {
        Independent independent => ElementSupport(independent.Base),
        Expanded expanded => ElementSupport(expanded.Base),
        Masked masked => ElementSupport(masked.Base),
        _ => distribution.Support,
    };

    /// <summary>A map that outlives the step in which the model made its bounds.</summary>
    private static Transform Keep(Transform transform) => transform switch
    {
        AffineTransform affine => new AffineTransform(affine.Loc.Keep(), affine.Scale.Keep()),
        ComposedTransform composed => new ComposedTransform([.. composed.Parts.Select(Keep)]),
        _ => transform,
    };

    /// <summary>Repeats a value along subsampled plates until it has their whole size.</summary>
    private static Tensor Whole(Tensor value, PlateFrame[] plates, int eventRank)
    {
        foreach (PlateFrame plate in plates)
        {
            int axis = plate.Dimension - eventRank;
            if (plate.SubsampleSize != plate.Size && value.Rank >= -axis && value.Shape[axis] == plate.SubsampleSize)
            {
                value = value.Take(Tensor.From<long>([.. Enumerable.Range(0, plate.Size).Select(i => (long)(i % plate.SubsampleSize))]), axis);
            }
        }
        return value;
    }

    /// <summary>Gives latent sites their starts.</summary>
    private sealed class StartHandler(string guide, GuideStart start, RandomKey key) : Handler
    {
        protected internal override void Before(SampleSite site)
        {
            if (site.HasValue || !IsLatent(site))
            {
                return;
            }
            site.ExpandToPlates();
            if (site.Distribution.IsDiscrete)
            {
                throw new ModelException(ModelError.GuideUnsuitable, site.Name, $"{guide} draws real numbers, but the site follows {site.Distribution.Name}, which is discrete. Sum it out of the model, mark it fromPrior: true, or write this part of the guide by hand and join both in an AutoGuideList.");
            }
            Tensor value = start.Choose(site, key.Child(site.Name));
            Shape expected = site.Distribution.BatchShape + site.Distribution.EventShape;
            if (value.Shape != expected || !site.Distribution.Support.Check(value).All())
            {
                throw new ModelException(ModelError.GuideUnsuitable, site.Name, $"{guide} was to start at {value}, which is no value of shape {expected} inside the support ({site.Distribution.Support.Name}). Give a GuideStart inside it.");
            }
            site.Value = value;
        }
    }
}
