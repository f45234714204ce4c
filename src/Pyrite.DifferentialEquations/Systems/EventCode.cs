namespace Pyrite.Systems;

/// <summary>Something that happens to the state.</summary>
/// <param name="Jump">From time and state to the state afterwards.</param>
/// <param name="Root">The function that crosses zero; null where times are given.</param>
/// <param name="Times">How many times are given; 0 for a root.</param>
/// <param name="Crossing">Which crossings count.</param>
/// <param name="IsEnd">Whether the solve ends there.</param>
internal sealed record EventCode(ClosureCode Jump, ClosureCode? Root, int Times, OdeCrossing Crossing, bool IsEnd);
