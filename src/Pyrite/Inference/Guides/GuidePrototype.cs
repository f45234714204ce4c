using Pyrite.Inference.Enumeration;
using Pyrite.Inference.Potentials;
using Pyrite.Language;
using Pyrite.Language.Plates;
using Pyrite.Language.Series;
using Pyrite.Language.Sites;

namespace Pyrite.Inference.Guides;

/// <summary>Runs a model once to learn its latent sites, without leaving a trace in the run that goes on around.</summary>
internal static class GuidePrototype
{
    private const int Tries = 10;

    /// <summary>The latent sites of a model in order, with their starts.</summary>
    /// <param name="guide">The guide's kind, for messages.</param>
    /// <param name="model">The model with its data.</param>
    /// <param name="start">Where the guide starts.</param>
    /// <exception cref="ModelException">The model fails, or has a latent that automatic guides cannot draw.</exception>
    public static List<GuideSite> Of(string guide, Action model, GuideStart start)
    {
        // Outside of the step around, checks fail at once, where their statement is known.
        return StepScope.Outside(() => Explore(guide, model, start));
    }

    /// <summary>Runs the model where the guide is to start; where it fails, with other draws of what is drawn, and, unless the start was chosen by
    /// the user, at draws from the priors.</summary>
    private static List<GuideSite> Explore(string guide, Action model, GuideStart start)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();

        // Parameters and networks are shown to the run around, so that they start from its seed; draws are not, and have keys of their own.
        using HandlerScope hidden = new BlockHandler(site => site is SampleSite or DeterministicSite or PlateSite).Enter();
        RandomKey key = RandomKey.FromSeed(0).Child("guide start");
        ModelException? first = null;
        for (int attempt = 0; attempt < 2 * Tries; attempt++)
        {
            if (attempt == Tries && !ReferenceEquals(start, GuideStart.PriorMedian))
            {
                break;
            }
            try
            {
                Trace trace = Run(guide, model, attempt < Tries ? start : GuideStart.PriorSample, attempt == 0 ? key : key.Child(attempt));
                return [.. trace.SampleSites.Where(IsLatent).Select(site => Describe(guide, site))];
            }
            catch (ModelException failure) when (failure.Kind is ModelError.ModelFailed or ModelError.ParameterOutsideConstraint
                or ModelError.OutsideSupport)
            {
                first ??= failure;
            }
        }
        throw first!;
    }

    private static Trace Run(string guide, Action model, GuideStart start, RandomKey key)
    {
        TraceHandler recorder = new();
        try
        {
            return TracedRun.Of("model", isPart: true, static run => run(), model, recorder, new StartHandler(guide, start, key),
                new SeedHandler(key.Child("draws"), key.Child("plates")));
        }
        catch (Exception failure) when (failure is not (ModelException or OperationCanceledException or OutOfMemoryException))
        {
            // Here it is the model that failed, although it was the guide that ran it.
            throw (failure is ArgumentException refused ? RefusedCheck.Explain(refused, recorder.Trace) : null)
                ?? TracedRun.Failure("model", failure, recorder.Trace);
        }
    }

    /// <summary>Whether a guide has to draw a site: discrete ones that can be summed out are left to the objective.</summary>
    public static bool IsLatent(SampleSite site) =>
        !site.IsObserved && !site.IsFromPrior && !(EnumerationChoice.IsSummed(site) && FiniteSupport.Exists(site));

    /// <summary>Opens the plates around a site; entries that the model masks out do not count in the guide either.</summary>
    /// <param name="guide">The guide's kind, for messages.</param>
    /// <param name="site">The site.</param>
    /// <param name="indices">The entries of plates that are present, where the model is given them.</param>
    /// <param name="isJoint">Whether the guide has drawn all entries already.</param>
    public static HandlerScope Enter(string guide, GuideSite site, IReadOnlyDictionary<string, Tensor>? indices, bool isJoint = false)
    {
        GuideSurroundings? known = GuideSurroundings.Current();
        HandlerScope all = HandlerStack.Mark();
        bool isResized = false;
        try
        {
            foreach (PlateFrame plate in site.Plates)
            {
                Tensor? given = indices?.GetValueOrDefault(plate.Name);
                PlateFrame now = known?.Now(site, plate) ?? plate;
                now = given is null ? now : now with { SubsampleSize = given.Count };
                if (now.SubsampleSize != now.Size)
                {
                    RequireSeparate(guide, site, now, isJoint);
                }
                isResized |= now.Size != plate.Size;
                PlateOpening.Open(now.Name, now.Size, given is null ? now.SubsampleSize : null, given, now.Dimension);
            }

            // The scopes of these handlers end with those of the plates.
            if (site.Mask is not null && !isResized)
            {
                new MaskHandler(site.Mask).Enter();
            }
            if ((known?.Scale(site) ?? site.Scale) is not 1 and double scale)
            {
                new ScaleHandler(scale).Enter();
            }
            if (!isResized)
            {
                site.Weights?.Enter();
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
        PlateFrame[] present = [.. site.Plates.Where(plate => plate.IsVectorized)];
        PlateFrame[] plates = Array.ConvertAll(present, plate => plate with { SubsampleSize = plate.AskedSize });
        if (site.Plates.FirstOrDefault(plate => !plate.IsVectorized && plate.SubsampleSize != plate.Size) is { Name: not null } loop)
        {
            throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                $"{guide} cannot learn a latent of the subsampled sequential plate \"{loop.Name}\": each run has other sites. Use a vectorized "
                    + "Plate, or write this part of the guide by hand and join both in an AutoGuideList.");
        }
        (Tensor? mask, int maskedEventAxes) = SiteMask.Of(site);
        if (mask is not null && maskedEventAxes > 0)
        {
            throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                $"{guide} cannot learn a latent whose distribution masks single entries of an event. Mask whole events, with a MaskHandler or after "
                    + "ToEvent, or write this part of the guide by hand and join both in an AutoGuideList.");
        }
        bool isSubsampled = plates.Any(plate => plate.SubsampleSize != plate.Size);
        BatchPart? part = isSubsampled ? null : BatchPart.Of(site);
        if (part is { Count: 0 })
        {
            return Idle(site, plates, part);
        }
        Constraint support = DistributionFamily.Of(site.Distribution).Support;
        Transform map = Keep(ConstraintRegistry.BijectTo(support));
        Tensor value =
            Whole(site.Value.BroadcastTo(site.Distribution.BatchShape + site.Distribution.EventShape), present, site.Distribution.EventShape.Rank);
        Tensor free = map.Inverse(value);
        Shape batch = value.Shape[..^site.Distribution.EventShape.Rank];
        Shape freeEvent = free.Shape[batch.Rank..];
        Tensor? counted = isSubsampled ? mask : mask?.BroadcastTo(batch);
        GuideSite found =
            new(site.Name, plates, batch, site.Distribution.EventShape, freeEvent, map is IdentityTransform ? null : map,
                (part?.Choose(free, freeEvent.Rank) ?? free).Keep(), mask?.Keep(), GuideSurroundings.ScaleBesidePlates(site),
                site.Weight is null ? null : new ScaleHandler(site.Weight.Keep()))
            {
                Low = support is { HasGivenEnds: true } ? support.LowerEnd?.Keep() : null,
                High = support is { HasGivenEnds: true } ? support.UpperEnd?.Keep() : null,
                IsCircular = site.Distribution.IsCircular,
                IsTurning = (site.Distribution.IsCircular && support.IsEverything) || SamplerSpace.IsTurning(support.SamplingMap),
                Part = part,
                EventNames = site.Options.Find<EventNames>(),
                CountsAll = counted is null || (part?.Choose(counted, 0) ?? counted).All(),
            };
        foreach (PlateFrame plate in plates)
        {
            if (plate.SubsampleSize != plate.Size)
            {
                RequireSeparate(guide, found, plate, isJoint: false);
            }
        }
        return found;
    }

    /// <summary>A statement in which nothing is missing: the guide has to state the site, but there is nothing to learn.</summary>
    private static GuideSite Idle(SampleSite site, PlateFrame[] plates, BatchPart part) =>
        new(site.Name, plates, site.Distribution.BatchShape, site.Distribution.EventShape, site.Distribution.EventShape, null, site.Value.Keep(),
            site.Mask?.Keep(), GuideSurroundings.ScaleBesidePlates(site), site.Weight is null ? null : new ScaleHandler(site.Weight.Keep()))
        {
            Part = part,
        };

    /// <summary>Refuses a subsampled plate around a site that is learnt as a whole.</summary>
    public static void RequireSeparate(string guide, GuideSite site, PlateFrame plate, bool isJoint)
    {
        if (isJoint)
        {
            throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                $"{guide} draws all latents as one vector, but plate \"{plate.Name}\" around the site is subsampled "
                    + $"({plate.SubsampleSize} of {plate.Size}). Look at the whole plate, use AutoNormal or AutoAmortizedNormal for this site in an "
                    + "AutoGuideList, or mark it fromPrior: true.");
        }
        if (site.Mask is not null || site.Weights is not null)
        {
            string what = site.Mask is not null ? "masked" : "weighted";
            throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                $"{guide} cannot learn a {what} latent of a subsampled plate: "
                    + $"the {(site.Mask is not null ? "mask is another" : "weights are others")} in each run. Look at the whole plate, or mark the "
                    + "site fromPrior: true.");
        }
    }

    /// <summary>A map that outlives the step in which the model made its bounds.</summary>
    private static Transform Keep(Transform transform) => transform switch
    {
        AffineTransform affine => new AffineTransform(affine.Loc.Keep(), affine.Scale.Keep(), validate: false),
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
            if (BatchPart.Of(site) is { Count: 0 })
            {
                Shape whole = site.Distribution.BatchShape + site.Distribution.EventShape;
                site.Value = site.Distribution.Support.ValueInside(Tensor.Zeros(whole, site.Distribution.DType)).BroadcastTo(whole);
                return;
            }
            if (site.Distribution.IsDiscrete)
            {
                throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                    $"{guide} draws real numbers, but the site follows {site.Distribution.Name}, which is discrete. "
                        + (DistributionFamily.Of(site.Distribution) is SeriesDistribution series ? series.DiscreteRemedy
                            : "Sum it out of the model, mark it fromPrior: true, or write this part of the guide by hand and join both in an "
                                + "AutoGuideList."));
            }
            if (site.Distribution.PointMassesWithin is { } masses)
            {
                throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                    $"{guide} draws numbers with a density, but the site follows {site.Distribution.Name}, which has none: {masses}. Compute what is "
                        + "known with Deterministic, and what is reported with limits from a latent without them; or write this part of the guide "
                        + "by hand and join both in an AutoGuideList.");
            }
            Tensor value = start.Choose(site, key.Child(site.Name));
            Shape expected = site.Distribution.BatchShape + site.Distribution.EventShape;
            if (BatchPart.Of(site) is { } part && value.Shape == part.Shorten(expected) && value.Shape != expected)
            {
                value =
                    part.Spread(value, site.Distribution.EventShape.Rank,
                        site.Distribution.Support.ValueInside(Tensor.Zeros(expected, value.DType)));
            }
            if (value.Shape != expected || !site.Distribution.Support.Check(value).All())
            {
                throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                    $"{guide} was to start at {value}, which is no value of shape {expected} inside the support ({site.Distribution.Support.Name}). "
                        + "Give a GuideStart inside it.");
            }
            site.Value = value;
        }
    }
}
