namespace Pyrite.Kernels.Emit;

/// <summary>Whether all elements of a source lie between two bounds, as the source of a truth value.</summary>
internal sealed record LoopVerdict(int Result, int Value, NumberRange Range);
