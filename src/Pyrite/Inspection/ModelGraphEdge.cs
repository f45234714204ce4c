namespace Pyrite;

/// <summary>A direct dependency between two sites of a model.</summary>
/// <param name="From">The site that is used.</param>
/// <param name="To">The site whose distribution, or value, depends on it.</param>
public readonly record struct ModelGraphEdge(string From, string To);
