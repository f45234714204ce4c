namespace Pyrite;

/// <summary>What runs of model and guide say about the objective.</summary>
/// <param name="Loss">The loss, a scalar.</param>
/// <param name="Surrogate">A scalar whose gradient is an unbiased estimate of the gradient of the expected loss; often the loss itself.</param>
public readonly record struct ElboTerm(Tensor Loss, Tensor Surrogate);
