namespace Pyrite.Inference.Runs;

/// <summary>Stands for a sampler that was read from a file and is not the library's, or has parts that are not: it must be given again.</summary>
/// <param name="saved">Its JSON.</param>
/// <param name="names">What is not the library's.</param>
internal sealed class OutsideSampler(string saved, string names) : Sampler
{
    /// <summary>Its JSON.</summary>
    public string Saved => saved;

    public override ChainState Start(Potential potential, ReadOnlySpan<double> position, int warmup, RandomKey key) => throw Missing();

    public override ChainState Step(Potential potential, ChainState state) => throw Missing();

    /// <summary>What it is made of.</summary>
    public override string ToString() => names;

    /// <summary>The error of a run that is resumed without its sampler.</summary>
    public InvalidDataException Missing() => new(
        $"The run cannot be resumed by itself: its sampler has parts that are not Pyrite's ({names}), which a file cannot hold. Give the sampler "
            + "that began it: Mcmc.Resume(…, sampler: …).");
}
