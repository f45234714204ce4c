namespace Pyrite.Kernels.Emit;

/// <summary>The sum of all elements of a source, and whether it must stand in memory.</summary>
internal sealed record LoopSum(int Result, int Value, bool IsStored);
