namespace Pyrite;

/// <summary>A site of a model in its graph.</summary>
/// <param name="Name">The site's name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Family">The distribution, constraint or type of module; empty for results and factors.</param>
/// <param name="Plates">The plates around it, outermost first; a sequential one without its round.</param>
public sealed record ModelGraphNode(string Name, ModelGraphNodeKind Kind, string Family, IReadOnlyList<PlateFrame> Plates);
