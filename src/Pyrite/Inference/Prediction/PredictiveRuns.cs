using System.Globalization;
using Pyrite.Language;
using Pyrite.Language.Sites;


namespace Pyrite.Inference.Prediction;

/// <summary>Runs a model once per draw and gathers what its sites gave.</summary>
internal static class PredictiveRuns
{
    /// <summary>All sites, observed ones drawn anew unless they are kept.</summary>
    public static Draws Collect<T>(Action<T> model, T data, PosteriorValues values, int draws, ulong seed, bool keepObservations, Draws? like = null,
        ProcessGroup? group = null)
    {
        // Where there are fewer draws than processes, each makes all of them.
        ProcessGroup sharing = group is null || group.Size > draws ? ProcessGroup.Alone : group;
        Dictionary<string, PredictedSite> gathered = Run(model, data, values, draws, seed, redraw: !keepObservations, (trace, draw, all) =>
        {
            foreach (Site site in trace.Sites)
            {
                if (site is SampleSite { Distribution: not Unit } or DeterministicSite)
                {
                    PredictedSite.Gather(all, site, draws, draw);
                }
            }
        }, group: sharing);
        if (sharing.Size > 1)
        {
            Join(gathered, draws, sharing);
        }
        return Assemble(gathered, draws, like);
    }

    /// <summary>The log-densities of the observed sites, with discrete sites summed out that the values do not have.</summary>
    public static Draws CollectLikelihood<T>(Action<T> model, T data, PosteriorValues values, int draws, ulong seed, Draws? like = null)
    {
        Dictionary<string, PredictedSite> gathered = Run(model, data, values, draws, seed, redraw: false, (trace, draw, all) =>
        {
            foreach (SampleSite site in trace.SampleSites)
            {
                if (site.IsObserved && site.Distribution is not Unit)
                {
                    Gather(site, (site.Mask is null ? site.Distribution : site.Distribution.Mask(site.Mask)).LogProb(site.Value), draw, all);
                }
            }
        }, (densities, draw, all) =>
        {
            foreach ((SampleSite site, Tensor density) in densities)
            {
                Gather(site, density, draw, all);
            }
        });
        return gathered.Count > 0
            ? Assemble(gathered, draws, like)
            : throw new ModelException(null, "The model observes nothing with these data, so there is no likelihood. Give it the observations.");

        void Gather(SampleSite site, Tensor density, int draw, Dictionary<string, PredictedSite> all)
        {
            BatchPart? part = Counted(site) is { } mask ? BatchPart.Of(mask, density.Shape) : null;
            if (part is not { Count: 0 })
            {
                PredictedSite.Gather(all, site, part?.Choose(density, 0) ?? density, part is null ? density.Rank : 0, draws, draw,
                    site.Plates.Any(plate => plate.SubsampleSize != plate.Size) ? null : part, isDensity: true);
            }
        }
    }

    /// <summary>The log-densities of the latent sites that draws are of, one number a draw.</summary>
    public static Draws CollectPrior<T>(Action<T> model, T data, PosteriorValues values, Draws posterior)
    {
        Dictionary<string, PredictedSite> gathered = Run(model, data, values, posterior.Count, 0, redraw: false, (trace, draw, all) =>
        {
            foreach (SampleSite site in trace.SampleSites.Where(site => !site.IsObserved && posterior.Contains(site.Name)))
            {
                Tensor density = (site.Mask is null ? site.Distribution : site.Distribution.Mask(site.Mask)).LogProb(site.Value);
                PredictedSite.Gather(all, site, density.Sum(), 0, posterior.Count, draw, isDensity: true);
            }
        });
        return Assemble(gathered, posterior.Count, posterior);
    }

    /// <summary>Which observations are there, of masks of every kind: an event counts if any of it does. A row that is not there must not count among
    /// the data of a comparison either.</summary>
    internal static Tensor? Counted(SampleSite site)
    {
        (Tensor? mask, int maskedEventAxes) = SiteMask.Of(site);
        return mask is null || maskedEventAxes == 0 ? mask : mask.Any([.. Enumerable.Range(-maskedEventAxes, maskedEventAxes)]);
    }

    private static Dictionary<string, PredictedSite> Run<T>(
        Action<T> model, T data, PosteriorValues values, int draws, ulong seed, bool redraw,
            Action<Trace, int, Dictionary<string, PredictedSite>> gather,
            Action<IReadOnlyList<(SampleSite Site, Tensor Density)>, int, Dictionary<string, PredictedSite>>? gatherSummed = null,
            ProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        SynchronousModel.Require(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        RandomKey root = RandomKey.FromSeed(seed).Child("prediction");
        Dictionary<string, PredictedSite> all = [];
        ConditionalValues<T> conditional = new(model, data, values);
        bool isConditional = false;
        using NoGradient.Scope untracked = NoGradient.Begin();
        Range own = group?.RangeOf(draws) ?? ..draws;
        for (int draw = own.Start.Value; draw < own.End.Value; draw++)
        {
            RandomKey key = root.Child(draw), plateKey = key.Child("plates");
            if (!isConditional)
            {
                using StepScope scope = StepScope.Begin();
                Trace trace = Once(draw, key, plateKey, null);
                isConditional = conditional.Applies(trace);
                if (!isConditional)
                {
                    gather(trace, draw, all);
                    continue;
                }
            }
            using StepScope summed = StepScope.Begin();
            summed.RecordAfresh();
            if (gatherSummed is not null)
            {
                gatherSummed(conditional.Densities(values.Of(draw, key, plateKey), key, plateKey), draw, all);
                continue;
            }
            gather(Once(draw, key, plateKey, conditional.Of), draw, all);
        }
        return all;

        Trace Once(int draw, RandomKey key, RandomKey plateKey, Func<Handler, RandomKey, RandomKey, Handler>? given)
        {
            Handler posterior = values.Of(draw, key, plateKey);
            Handler last = redraw ? new UnconditionHandler() : new BlockHandler(_ => false);
            return TracedRun.Of("model", () => model(data), values.Store(), new SeedHandler(key.Child("model"), plateKey),
                given?.Invoke(posterior, key, plateKey) ?? new BlockHandler(_ => false), posterior, last);
        }
    }

    /// <summary>Brings the draws of all processes to all.</summary>
    private static void Join(Dictionary<string, PredictedSite> gathered, int draws, ProcessGroup group)
    {
        PredictedSite[] sites = [.. gathered.Values];

        // Draws of one process may take longer than those of another.
        group.MayTakeLong = true;
        group.RequireAlike(
        [
            new("the kind of processor", Machine.Kind),
            new("the number of draws", draws.ToString(CultureInfo.InvariantCulture)),
            new("the sites", string.Join(", ", sites.Select(site => site.Look))),
        ], "predictions");
        group.MayTakeLong = false;
        foreach (PredictedSite site in sites)
        {
            site.Join(draws, group);
        }
    }

    private static Draws Assemble(Dictionary<string, PredictedSite> gathered, int draws, Draws? like)
    {
        DrawsVariable[] variables = [.. gathered.Values.Select(site => site.Variable(draws))];
        return like is { HasChains: true } ? new Draws(like.Chains, like.DrawsPerChain, variables) : new Draws(draws, variables);
    }
}
