
namespace Pyrite.Testing;

/// <summary>What went on while a sampler drew: how many transitions, and how many of them went wrong.</summary>
public sealed record SamplerReport(int Transitions, int Divergent, int AtDepthLimit, double LowestEnergyBfmi);
