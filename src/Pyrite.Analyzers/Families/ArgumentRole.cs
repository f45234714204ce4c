namespace Pyrite.Analyzers.Families;

/// <summary>What a number means for a family, as names tell it.</summary>
internal enum ArgumentRole
{
    /// <summary>The name tells nothing.</summary>
    Unknown,
    Location,
    Mean,
    Scale,
    LogScale,
    Variance,
    LogVariance,
    Precision,
    Rate,
    LogRate,
    Shape,
    Probabilities,
    Logits,
    Covariance,
    Factor,
    PrecisionMatrix,
    Low,
    High,
}
