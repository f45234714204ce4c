namespace Pyrite.Inspection.Diagrams;

/// <summary>A node and where it stands.</summary>
internal readonly record struct PlacedNode(DiagramNode Node, DiagramArea Area);
