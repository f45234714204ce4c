namespace Pyrite;

/// <summary>What <see cref="DrawsNpz"/> reads.</summary>
/// <param name="Draws">The quantities.</param>
/// <param name="Statistics">What the sampler reported: the arrays whose names end in two underscores; null if there are none.</param>
public sealed record SavedDraws(Draws Draws, Draws? Statistics);
