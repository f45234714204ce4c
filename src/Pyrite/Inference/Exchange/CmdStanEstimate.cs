namespace Pyrite;

/// <summary>A point that a program wrote to a CmdStan file: the optimum of <c>optimize</c>, or the mean of a variational approximation.</summary>
/// <param name="Method">What the program did.</param>
/// <param name="Values">The parameters and generated quantities, as a single draw.</param>
/// <param name="Iterates">The points on the way there, the estimate last; null where they were not saved.</param>
public sealed record CmdStanEstimate(CmdStanMethod Method, Draws Values, Draws? Iterates)
{
    /// <summary>What the program reported at the estimate, such as <c>lp__</c>; null if nothing.</summary>
    public Draws? Statistics { get; init; }
}
