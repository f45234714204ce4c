namespace Pyrite.Stepping;

/// <summary>A component of one block that depends on one of an earlier block.</summary>
/// <param name="Row">The place of the component, in the order of the blocks.</param>
/// <param name="Column">The place of what it depends on.</param>
/// <param name="Entry">Where the derivative stands in the matrix.</param>
internal readonly record struct Coupling(int Row, int Column, int Entry);
