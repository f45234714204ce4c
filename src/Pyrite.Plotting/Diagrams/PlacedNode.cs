using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Diagrams;

/// <summary>A node and where it stands.</summary>
internal readonly record struct PlacedNode(DiagramNode Node, Rect Area);
