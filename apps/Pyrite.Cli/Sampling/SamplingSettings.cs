namespace Pyrite.Cli.Sampling;

/// <summary>What the user chose for a run of chains.</summary>
/// <remarks>Without <c>TargetAcceptance</c>, that of the example; without <c>Output</c>, a folder of the example's name in <c>runs</c>;
/// without <c>Threads</c>, this process's share.</remarks>
internal sealed record SamplingSettings(
    string Example,
    int Chains,
    int Warmup,
    int Draws,
    int Thinning,
    int Seed,
    double? TargetAcceptance,
    int MaximumTreeDepth,
    int? Threads,
    string? Output,
    bool WithPlots,
    bool WithSvg,
    bool WithDraws,
    bool IsLive,
    bool WithReport);
