namespace Pyrite.Kernels.Flat;

/// <summary>Where a value stands: a fixed address, or a distance from the beginning of a block.</summary>
internal readonly record struct ReplayPlace(bool IsFixed, long Position);
