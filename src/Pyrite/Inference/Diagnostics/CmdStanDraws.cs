namespace Pyrite;

/// <summary>What CmdStan files hold.</summary>
/// <param name="Draws">The parameters and generated quantities.</param>
/// <param name="Statistics">What the sampler reported: the columns whose names end in two underscores, such as <c>lp__</c>; null if there are none.</param>
public sealed record CmdStanDraws(Draws Draws, Draws? Statistics);
