namespace Pyrite.Testing;

/// <summary>What a sampler's draws say about one number, under the name that the reference uses.</summary>
public sealed record JudgedScalar(string Name, ReferenceMoments Moments, double RHat, double EssBulk, double EssTail);
