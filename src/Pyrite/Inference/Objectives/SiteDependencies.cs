namespace Pyrite.Inference.Objectives;

/// <summary>Which sites of guide and model depend on which, as long as both have the same sites.</summary>
internal sealed class SiteDependencies
{
    private readonly string[] names;
    private readonly HashSet<string> fromPrior = [];
    private readonly Dictionary<string, HashSet<string>> guideParents;
    private readonly Dictionary<string, HashSet<string>> modelParents;
    private readonly Dictionary<string, FollowingCosts> following = [];

    /// <summary>Reads the dependencies off two graphs.</summary>
    /// <param name="run">A run of the guide and model.</param>
    /// <param name="guide">The guide's graph.</param>
    /// <param name="model">The model's graph.</param>
    public SiteDependencies(ElboRun run, ModelGraph guide, ModelGraph model)
    {
        names = [.. Names(run)];
        guideParents = RandomParents(guide);
        modelParents = RandomParents(model);
        foreach (SampleSite site in run.Model.SampleSites)
        {
            if (site.IsFromPrior && !site.IsObserved)
            {
                fromPrior.Add(site.Name);
            }
        }
    }

    /// <summary>Whether a run has the sites that these dependencies were found for.</summary>
    public bool Fit(ElboRun run)
    {
        int i = 0;
        foreach (Trace trace in (ReadOnlySpan<Trace>)[run.Guide, run.Model])
        {
            foreach (Site site in trace.SiteList)
            {
                if (i == names.Length || names[i++] != site.Name)
                {
                    return false;
                }
            }
        }
        return i == names.Length;
    }

    /// <summary>Whether the runs from which the dependencies were read had all random variables of a run.</summary>
    public bool Cover(ElboRun run) =>
        run.Guide.SampleSites.All(site => guideParents.ContainsKey(site.Name))
            && run.Model.SampleSites.All(site => modelParents.ContainsKey(site.Name));

    /// <summary>The random variables that a site of the model directly depends on.</summary>
    public IReadOnlySet<string> ParentsInModel(string site) =>
        modelParents.TryGetValue(site, out HashSet<string>? parents) ? parents : new HashSet<string>();

    /// <summary>The sites whose log-density a draw can change: its own, and those of everything that is drawn or scored differently because of
    /// it.</summary>
    public FollowingCosts Following(string site)
    {
        if (following.TryGetValue(site, out FollowingCosts? known))
        {
            return known;
        }
        HashSet<string> influenced = [site];
        bool isGrowing = true;
        while (isGrowing)
        {
            isGrowing = false;
            foreach ((string name, HashSet<string> parents) in guideParents)
            {
                isGrowing |= parents.Overlaps(influenced) && influenced.Add(name);
            }
            foreach (string name in fromPrior)
            {
                isGrowing |= ParentsInModel(name).Overlaps(influenced) && influenced.Add(name);
            }
        }
        HashSet<string> inModel = [.. influenced];
        foreach ((string name, HashSet<string> parents) in modelParents)
        {
            if (parents.Overlaps(influenced))
            {
                inModel.Add(name);
            }
        }
        return following[site] = new FollowingCosts(influenced, inModel);
    }

    private static IEnumerable<string> Names(ElboRun run) => run.Guide.SiteList.Concat(run.Model.SiteList).Select(s => s.Name);

    /// <summary>For each random variable those it depends on directly or by way of named results.</summary>
    private static Dictionary<string, HashSet<string>> RandomParents(ModelGraph graph)
    {
        Dictionary<string, ModelGraphNodeKind> kinds = graph.Nodes.ToDictionary(node => node.Name, node => node.Kind);
        ILookup<string, string> parents = graph.Edges.ToLookup(edge => edge.To, edge => edge.From);
        Dictionary<string, HashSet<string>> random = [];
        foreach (ModelGraphNode node in graph.Nodes)
        {
            if (node.Kind != ModelGraphNodeKind.Deterministic)
            {
                HashSet<string> found = [];
                Collect(node.Name, found);
                random.Add(node.Name, found);
            }
        }
        return random;

        void Collect(string name, HashSet<string> found)
        {
            foreach (string parent in parents[name])
            {
                if (kinds[parent] == ModelGraphNodeKind.Deterministic)
                {
                    Collect(parent, found);
                }
                else if (kinds[parent] is ModelGraphNodeKind.Latent or ModelGraphNodeKind.Observed)
                {
                    found.Add(parent);
                }
            }
        }
    }
}
