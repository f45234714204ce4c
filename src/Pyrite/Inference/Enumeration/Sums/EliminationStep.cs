namespace Pyrite.Inference.Enumeration.Sums;

/// <summary>One site summed out: the table in which it met others.</summary>
/// <param name="Axis">The site.</param>
/// <param name="Joint">All scores that depend on it, before the sum.</param>
internal sealed record EliminationStep(HiddenAxis Axis, Factor Joint);
