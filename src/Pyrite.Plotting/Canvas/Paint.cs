namespace Pyrite.Plotting.Canvas;

/// <summary>A colour and how much of what lies below it hides, 0 to 1.</summary>
internal readonly record struct Paint(Rgb Color, double Opacity = 1);
