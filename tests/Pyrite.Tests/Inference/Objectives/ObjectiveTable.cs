namespace Pyrite.Tests;

/// <summary>Every objective of the library with what its mean must be: a new one must enter here.</summary>
internal static class ObjectiveTable
{
    /// <summary>One objective.</summary>
    /// <param name="Name">What tests call it.</param>
    /// <param name="Make">Makes it for a number of particles.</param>
    /// <param name="Power">The exponent of the importance weights in its mean; null for an evidence lower bound.</param>
    /// <param name="NeedsPathwise">Whether draws must let gradients through.</param>
    public sealed record Row(string Name, Func<int, Elbo> Make, double? Power = null, bool NeedsPathwise = false);

    public static readonly Row[] All =
    [
        new("TraceElbo", particles => new TraceElbo(particles)),
        new("TraceElbo sticking the landing", particles => new TraceElbo(particles, stickingTheLanding: true)),
        new("TraceGraphElbo", particles => new TraceGraphElbo(particles)),
        new("EnumerationElbo", particles => new EnumerationElbo(particles)),
        new("MeanFieldElbo", particles => new MeanFieldElbo(particles), NeedsPathwise: true),
        new("CustomElbo", particles => new CustomElbo((model, guide) => guide.LogProb() - model.LogProb(), particles), NeedsPathwise: true),
        new("ImportanceWeightedElbo", particles => new ImportanceWeightedElbo(particles), Power: 1),
        new("RenyiElbo 0.5", particles => new RenyiElbo(0.5, particles), Power: 0.5),
        new("RenyiElbo 2", particles => new RenyiElbo(2, particles), Power: -1),
        new("RenyiElbo -1", particles => new RenyiElbo(-1, particles), Power: 2),
    ];

    public static Row Of(string name) => All.Single(row => row.Name == name);
}
