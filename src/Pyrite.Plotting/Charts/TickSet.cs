namespace Pyrite.Plotting.Charts;

/// <summary>The marks of an axis: values with labels, and values between them that get a small mark only.</summary>
internal sealed record TickSet(IReadOnlyList<Tick> Major, IReadOnlyList<double> Minor);
