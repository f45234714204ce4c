namespace Pyrite.Inspection.Diagrams;

/// <summary>An arrow: where it starts, passes and ends.</summary>
internal readonly record struct PlacedEdge(string From, string To, DiagramPoint[] Points);
