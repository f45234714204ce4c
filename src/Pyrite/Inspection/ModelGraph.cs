using Pyrite.Inspection;

namespace Pyrite;

/// <summary>A model as a graph: sites with their distributions, direct dependencies, and plates around them. Made by
/// <see cref="Inspect.Graph"/>.</summary>
public sealed class ModelGraph
{
    internal ModelGraph(IReadOnlyList<ModelGraphNode> nodes, IReadOnlyList<ModelGraphEdge> edges)
    {
        Nodes = nodes;
        Edges = edges;
    }

    /// <summary>The sites, in the order of the run.</summary>
    public IReadOnlyList<ModelGraphNode> Nodes { get; }

    /// <summary>The direct dependencies, ordered by their ends' places in the run.</summary>
    public IReadOnlyList<ModelGraphEdge> Edges { get; }

    /// <summary>The graph in the DOT language of Graphviz, plates as clusters.</summary>
    public string ToDot() => DotText.Write(this);

    /// <summary>The graph as an SVG document; see <see cref="ToPicture"/>.</summary>
    public string ToSvg() => ToPicture().ToSvg();

    /// <summary>The graph as a picture, laid out by itself.</summary>
    /// <remarks>Latent sites are white ellipses, observed ones gray, results dashed; networks are rectangles, factors gray rectangles, parameters
    /// plain text. Plates are boxes; where plates cross, the inner one appears once in each outer one.</remarks>
    public Diagram ToPicture() => new(
        [.. Nodes.Select(n => new DiagramNode(n.Name, n.Family, Style(n.Kind), [.. n.Plates.Select(Label)]))],
        [.. Edges.Select(e => new DiagramEdge(e.From, e.To))],
        "Model graph");

    /// <summary>The text of a plate: its name and size, and the subsample where there is one.</summary>
    internal static string Label(PlateFrame plate)
    {
        string size = plate.Size == plate.SubsampleSize ? $"{plate.Size}" : $"{plate.SubsampleSize} of {plate.Size}";
        return plate.IsVectorized ? $"{plate.Name} ({size})" : $"{plate.Name} ({size}, one by one)";
    }

    private static DiagramNodeStyle Style(ModelGraphNodeKind kind) => kind switch
    {
        ModelGraphNodeKind.Observed => DiagramNodeStyle.Filled,
        ModelGraphNodeKind.Deterministic => DiagramNodeStyle.Dashed,
        ModelGraphNodeKind.Parameter => DiagramNodeStyle.Plain,
        ModelGraphNodeKind.Module => DiagramNodeStyle.Square,
        ModelGraphNodeKind.Factor => DiagramNodeStyle.FilledSquare,
        _ => DiagramNodeStyle.Open,
    };
}
