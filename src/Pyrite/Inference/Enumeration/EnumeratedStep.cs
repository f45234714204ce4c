namespace Pyrite.Inference.Enumeration;

/// <summary>What an objective that sums out discrete sites needs of one particle of a step.</summary>
/// <param name="Scope">Where tensors are lifted.</param>
/// <param name="Guide">The guide's enumerated sites.</param>
/// <param name="Model">The model's runs: one for each choice of values of its sequential sites.</param>
internal sealed record EnumeratedStep(LiftingScope Scope, EnumerationHandler Guide, EnumeratedRuns Model);
