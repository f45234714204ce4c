namespace Pyrite.Functions.Preimages;

/// <summary>What a tensor brought to Float64 remembers: the tensor in Float32, by which ends of intervals are known again.</summary>
/// <param name="Source">The tensor in Float32.</param>
internal sealed record Widening(Tensor Source);
