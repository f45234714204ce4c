namespace Pyrite;

/// <summary>What CmdStan files hold.</summary>
/// <param name="Draws">The parameters and generated quantities; without chains for draws of an approximation.</param>
/// <param name="Statistics">What the program reported: the columns whose names end in two underscores, such as <c>lp__</c>; null if there are
/// none.</param>
public sealed record CmdStanDraws(Draws Draws, Draws? Statistics)
{
    /// <summary>What the program did.</summary>
    public CmdStanMethod Method { get; init; }
}
