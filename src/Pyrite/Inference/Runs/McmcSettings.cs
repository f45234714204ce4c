namespace Pyrite.Inference.Runs;

/// <summary>What a run was asked for; with the model it decides every bit of the draws.</summary>
internal sealed record McmcSettings(Sampler Sampler, int Chains, int Warmup, int Draws, ulong Seed, int Thinning)
{
    /// <summary>Transitions of each chain.</summary>
    public int Transitions => Warmup + (Draws * Thinning);

    /// <summary>The source of randomness of a chain.</summary>
    public RandomKey KeyOf(int chain) => RandomKey.FromSeed(Seed).Child("mcmc").Child(chain);

    /// <summary>The source of randomness of a chain's start.</summary>
    public RandomKey StartKeyOf(int chain) => KeyOf(chain).Child("start");

    /// <summary>How many draws a chain has kept after some transitions.</summary>
    public int RowsAfter(long transitions) => (int)Math.Max(0, (transitions - Warmup) / Thinning);

    /// <summary>What the comments of a CmdStan file say.</summary>
    public CmdStanRun Described() => new()
    {
        Warmup = Warmup,
        Thin = Thinning,
        Seed = Seed,
        TargetAcceptance = (Sampler as HamiltonianSampler)?.TargetAcceptance ?? new CmdStanRun().TargetAcceptance,
        MaximumTreeDepth = (Sampler as Nuts)?.MaximumTreeDepth ?? new CmdStanRun().MaximumTreeDepth,
        StepSizeJitter = (Sampler as HamiltonianSampler)?.Jitter ?? 0,
        TrajectoryLength = (Sampler as Hmc)?.TrajectoryLength,
        IsForeign = Sampler is not HamiltonianSampler,
    };

    /// <summary>Refuses numbers that no run can have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small, or there are more transitions than can be counted.</exception>
    public McmcSettings Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Chains, 1, "chains");
        ArgumentOutOfRangeException.ThrowIfNegative(Warmup, "warmup");
        ArgumentOutOfRangeException.ThrowIfLessThan(Draws, 1, "draws");
        ArgumentOutOfRangeException.ThrowIfLessThan(Thinning, 1, "thinning");
        return Warmup + ((long)Draws * Thinning) <= int.MaxValue
            ? this
            : throw new ArgumentOutOfRangeException("draws", Draws,
                $"A chain makes at most {int.MaxValue} transitions; {Warmup} of warm-up and {Draws} draws of {Thinning} each are more.");
    }
}
