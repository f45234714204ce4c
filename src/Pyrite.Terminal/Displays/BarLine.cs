namespace Pyrite.Displays;

/// <summary>One line of a live display.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Fraction">The share that is done, from 0 to 1; null for a line without a bar.</param>
/// <param name="Detail">What stands behind the bar.</param>
internal sealed record BarLine(string Title, double? Fraction, string Detail);
