namespace Pyrite.Programs;

/// <summary>The elements that a loop goes through.</summary>
/// <param name="Count">How many; 0 for no loop.</param>
/// <param name="Type">Float32 or Float64.</param>
internal readonly record struct LoopSpace(int Count, DType Type);
