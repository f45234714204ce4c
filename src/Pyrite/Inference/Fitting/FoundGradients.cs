namespace Pyrite.Inference.Fitting;

/// <summary>What a step has found before anything is changed.</summary>
/// <param name="Step">Its runs.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Found">The gradients of all parameters met; null for those that the loss does not depend on.</param>
/// <param name="Clipped">The same, scaled down where their norm is too large.</param>
/// <param name="Fault">What is not finite; null where all is.</param>
internal readonly record struct FoundGradients(ElboStep Step, double Loss, Tensor?[] Found, Tensor?[] Clipped, string? Fault);
