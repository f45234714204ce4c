using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Diagrams;

/// <summary>An arrow: where it starts, passes and ends.</summary>
internal readonly record struct PlacedEdge(string From, string To, CanvasPoint[] Points);
