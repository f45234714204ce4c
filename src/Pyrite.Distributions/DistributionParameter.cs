namespace Pyrite;

/// <summary>One argument of a distribution.</summary>
/// <param name="Name">Its name, as the constructor spells it.</param>
/// <param name="Value">What was given.</param>
/// <param name="Constraint">What it must satisfy.</param>
public readonly record struct DistributionParameter(string Name, Tensor Value, Constraint Constraint);
