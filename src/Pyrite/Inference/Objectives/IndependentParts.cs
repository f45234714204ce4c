namespace Pyrite.Inference.Objectives;

/// <summary>The independent parts of guide and model, as long as the runs have the same sites in the same plates.</summary>
/// <remarks>Where all sites are in the same plates, there is one part with an entry for each of the plates'. Elsewhere the dependency graph of the
/// sites says what hangs together, with the limits of <see cref="Inspect.Graph"/>. Particles that have other sites than the first one are one
/// part.</remarks>
internal sealed class IndependentParts
{
    private readonly List<(string Name, PlateFrame[] Plates)> known = [];

    private IndependentParts(ElboStep step)
    {
        foreach (SampleSite site in Sites(step))
        {
            known.Add((site.Name, site.PlateFrames));
        }
        PlateFrame[] common = Common(known.Select(site => site.Plates));
        All = known.TrueForAll(site => site.Plates.Length == common.Length) || Split(step) is not { } parts
            ? [new IndependentPart(known.Select(site => site.Name).ToHashSet(), common)]
            : parts;
    }

    /// <summary>The parts.</summary>
    public IReadOnlyList<IndependentPart> All { get; }

    /// <summary>The parts of a step: those found earlier, if they fit.</summary>
    public static IndependentParts Of(ElboStep step, IndependentParts? earlier) =>
        earlier is not null && earlier.Fit(step) ? earlier : new IndependentParts(step);

    private bool Fit(ElboStep step)
    {
        int i = 0;
        foreach (ElboRun run in step.Runs)
        {
            foreach (Trace trace in (ReadOnlySpan<Trace>)[run.Guide, run.Model])
            {
                foreach (Site site in trace.SiteList)
                {
                    if (site is SampleSite
                        && (i == known.Count || known[i].Name != site.Name || !known[i++].Plates.AsSpan().SequenceEqual(site.PlateFrames)))
                    {
                        return false;
                    }
                }
            }
        }
        return i == known.Count;
    }

    /// <summary>The parts that the dependency graph shows; null where particles have different sites.</summary>
    private static List<IndependentPart>? Split(ElboStep step)
    {
        ElboRun first = step.Runs[0];
        SiteDependencies dependencies = step.Dependencies(first);
        if (!step.Runs.All(run => dependencies.Fit(run) && dependencies.Cover(run)))
        {
            return null;
        }
        Dictionary<string, HashSet<string>> groups = [];
        List<PlateFrame[]> plates = [];
        foreach (SampleSite site in first.Guide.SampleSites.Concat(first.Model.SampleSites))
        {
            groups.TryAdd(site.Name, [site.Name]);
        }
        foreach (SampleSite site in first.Guide.SampleSites.Concat(first.Model.SampleSites).Where(site => !site.IsObserved))
        {
            FollowingCosts following = dependencies.Following(site.Name);
            foreach (string other in following.InGuide.Concat(following.InModel))
            {
                if (groups.TryGetValue(other, out HashSet<string>? joined) && !ReferenceEquals(joined, groups[site.Name]))
                {
                    groups[site.Name].UnionWith(joined);
                    foreach (string name in joined)
                    {
                        groups[name] = groups[site.Name];
                    }
                }
            }
        }
        return [.. groups.Values.Distinct().Select(names => new IndependentPart(names, Common(Places(first, names))))];
    }

    private static IEnumerable<PlateFrame[]> Places(ElboRun run, HashSet<string> names) =>
        run.Guide.SampleSites.Concat(run.Model.SampleSites).Where(site => names.Contains(site.Name)).Select(site => site.PlateFrames);

    private static PlateFrame[] Common(IEnumerable<PlateFrame[]> places) =>
        [.. places.Aggregate((IEnumerable<PlateFrame>?)null, (common, plates) => common?.Intersect(plates) ?? plates) ?? []];

    private static IEnumerable<SampleSite> Sites(ElboStep step) => step.Runs.SelectMany(run => run.Guide.SampleSites.Concat(run.Model.SampleSites));
}
