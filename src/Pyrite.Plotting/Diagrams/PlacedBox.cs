using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Diagrams;

/// <summary>A box, its text, and where it stands.</summary>
internal readonly record struct PlacedBox(string Label, Rect Area);
