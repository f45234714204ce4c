namespace Pyrite.Programs.Plans;

/// <summary>The first and the last step of a plan that touch a result.</summary>
internal sealed record Lifetime(int Result, int First, int Last);
