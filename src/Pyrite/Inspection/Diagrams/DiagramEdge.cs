namespace Pyrite;

/// <summary>An arrow between two nodes of a <see cref="Diagram"/>.</summary>
/// <param name="From">The name of the node where it starts.</param>
/// <param name="To">The name of the node that it points to.</param>
public readonly record struct DiagramEdge(string From, string To);
