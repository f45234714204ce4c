namespace Pyrite.Inspection.Diagrams;

/// <summary>A point of a diagram, in pixels; x grows to the right, y downwards.</summary>
internal readonly record struct DiagramPoint(double X, double Y);
