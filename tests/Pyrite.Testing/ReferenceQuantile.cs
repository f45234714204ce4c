namespace Pyrite.Testing;

/// <summary>A quantile and its Monte Carlo error.</summary>
public readonly record struct ReferenceQuantile(double Probability, double Value, double Error);
