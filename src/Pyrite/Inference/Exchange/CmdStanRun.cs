namespace Pyrite;

/// <summary>What a CmdStan file says about its run in comments; readers use some of it.</summary>
public sealed record CmdStanRun
{
    /// <summary>What the model is called.</summary>
    public string Model { get; init; } = "model";

    /// <summary>The number of warm-up transitions before the draws; they are not in the file.</summary>
    public int Warmup { get; init; } = 1000;

    /// <summary>How many transitions there are to a draw.</summary>
    public int Thin { get; init; } = 1;

    /// <summary>The seed of the run.</summary>
    public ulong Seed { get; init; }

    /// <summary>The acceptance probability that step size adaptation aimed at.</summary>
    public double TargetAcceptance { get; init; } = 0.8;

    /// <summary>The tree depth at which the sampler stopped.</summary>
    public int MaximumTreeDepth { get; init; } = 10;

    /// <summary>The share of the step size by which it varied.</summary>
    public double StepSizeJitter { get; init; }

    /// <summary>The integration time of trajectories of a fixed length; null for those of NUTS.</summary>
    public double? TrajectoryLength { get; init; }

    /// <summary>What warm-up gave each chain and how long chains took; where it is missing, the files name the unit metric, the step size of the last
    /// draw and no time.</summary>
    public IReadOnlyList<CmdStanAdaptation> Adaptations { get; init; } = [];

    /// <summary>Whether another kind of sampler made the draws than Stan has.</summary>
    internal bool IsForeign { get; init; }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
