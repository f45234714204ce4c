using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Charts;

/// <summary>One line of a legend: a sample of how a series is drawn, and its name.</summary>
/// <param name="Label">The name.</param>
/// <param name="Color">The colour of the sample.</param>
/// <param name="Line">A line, or null for none.</param>
/// <param name="Marker">A marker, or null for none.</param>
/// <param name="FillOpacity">Above 0 for a filled box.</param>
internal sealed record LegendEntry(string Label, Rgb Color, Stroke? Line = null, Marker? Marker = null, double FillOpacity = 0);
