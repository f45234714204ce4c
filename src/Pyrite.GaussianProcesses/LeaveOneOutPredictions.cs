namespace Pyrite;

/// <summary>What a process says of each observation, given all others.</summary>
/// <param name="Mean">[.., n].</param>
/// <param name="Variance">Of the observation, noise included; [.., n].</param>
/// <param name="LogDensity">Of the observation, in nats; [.., n]. Their sum is the log pseudo-likelihood.</param>
public sealed record LeaveOneOutPredictions(Tensor Mean, Tensor Variance, Tensor LogDensity);
