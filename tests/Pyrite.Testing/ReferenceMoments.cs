namespace Pyrite.Testing;

/// <summary>What a reference says about one number of a posterior, with its Monte Carlo errors (0 where it is exact).</summary>
public sealed record ReferenceMoments(double Mean, double MeanError, double StandardDeviation, double StandardDeviationError,
    IReadOnlyList<ReferenceQuantile> Quantiles);
