namespace Pyrite;

/// <summary>What a run inside a step is one of.</summary>
public enum StepRunKind
{
    /// <summary>The step is not divided.</summary>
    None,

    /// <summary>The draws of a step: every run sees all data.</summary>
    Particle,

    /// <summary>The data of a step: every run sees a part.</summary>
    Shard,
}
