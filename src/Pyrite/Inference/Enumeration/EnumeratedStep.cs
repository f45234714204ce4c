namespace Pyrite.Inference.Enumeration;

/// <summary>What an objective that sums out discrete sites needs of one particle of a step, for one choice of values of the guide's sequential
/// sites.</summary>
/// <param name="Scope">Where tensors are lifted.</param>
/// <param name="Trace">The guide's run.</param>
/// <param name="Guide">The guide's enumerated sites.</param>
/// <param name="Choices">The values of the guide's sequential sites.</param>
/// <param name="Model">The model's runs: one for each choice of values of its sequential sites.</param>
internal sealed record EnumeratedStep(LiftingScope Scope, Trace Trace, EnumerationHandler Guide,
    IReadOnlyList<(string Name, int Choice, int Count)> Choices, EnumeratedRuns Model);
