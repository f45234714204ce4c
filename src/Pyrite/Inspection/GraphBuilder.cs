using Pyrite.Language;

namespace Pyrite.Inspection;

/// <summary>Makes the graph of a model from a few runs of it.</summary>
internal static class GraphBuilder
{
    public static ModelGraph Build(Action model, Handler[] handlers)
    {
        SynchronousModel.Require(model);
        Trace first = Trace.Of(model, [new SeedHandler(0), .. handlers]);
        List<ModelGraphNode> nodes = [];
        Dictionary<string, int> places = [];
        foreach (Site site in first.Sites)
        {
            if (Node(site) is { } node)
            {
                places.Add(node.Name, nodes.Count);
                nodes.Add(node);
            }
        }
        Dictionary<string, string> owners = OwnersOfParameters(first);
        SortedSet<(int From, int To)> edges = [];
        void Report(string from, string to)
        {
            if (places.TryGetValue(owners.GetValueOrDefault(from, from), out int source) && places.TryGetValue(to, out int target)
                && source != target)
            {
                edges.Add((source, target));
            }
        }

        GradientDependencies.Find(model, handlers, first, Report);
        TrialDependencies.Find(model, handlers, first, Report);
        return new ModelGraph(nodes, [.. edges.Select(e => new ModelGraphEdge(nodes[e.From].Name, nodes[e.To].Name))]);
    }

    private static ModelGraphNode? Node(Site site) => site switch
    {
        SampleSite { Distribution: Unit } => new(site.Name, ModelGraphNodeKind.Factor, "", Plates(site)),
        SampleSite sample =>
            new(site.Name, sample.IsObserved ? ModelGraphNodeKind.Observed : ModelGraphNodeKind.Latent, sample.Distribution.Name, Plates(site)),
        DeterministicSite => new(site.Name, ModelGraphNodeKind.Deterministic, "", Plates(site)),
        ParamSite parameter =>
            new(site.Name, ModelGraphNodeKind.Parameter, parameter.Constraint.Name, parameter.EventDimensions is null ? [] : Plates(site)),
        ModuleSite module => new(site.Name, ModelGraphNodeKind.Module, module.Module.GetType().Name, []),
        _ => null,
    };

    private static PlateFrame[] Plates(Site site) => [.. site.Plates.Select(p => p.IsVectorized ? p : p with { Index = 0 })];

    /// <summary>Parameters of a network are shown as the network.</summary>
    private static Dictionary<string, string> OwnersOfParameters(Trace trace)
    {
        Dictionary<string, string> owners = [];
        foreach (ModuleSite site in trace.Sites.OfType<ModuleSite>())
        {
            foreach ((string path, Parameter _) in site.NamedParameters)
            {
                owners[$"{site.Name}.{path}"] = site.Name;
            }
        }
        return owners;
    }
}
