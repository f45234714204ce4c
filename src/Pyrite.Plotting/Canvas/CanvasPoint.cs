namespace Pyrite.Plotting.Canvas;

/// <summary>A point on a canvas, in pixels; x grows to the right, y downwards.</summary>
internal readonly record struct CanvasPoint(double X, double Y);
