namespace Pyrite.Inspection.Diagrams;

/// <summary>A box, its text, and where it stands.</summary>
internal readonly record struct PlacedBox(string Label, DiagramArea Area);
