namespace Pyrite;

/// <summary>What a CmdStan file says about one chain beside its draws.</summary>
/// <param name="StepSize">The step size after warm-up.</param>
/// <param name="Metric">The metric after warm-up; null for the unit metric.</param>
public sealed record CmdStanAdaptation(double StepSize, Metric? Metric)
{
    /// <summary>How long warm-up took, in seconds; 0 where nobody has measured it.</summary>
    public double WarmupSeconds { get; init; }

    /// <summary>How long sampling took, in seconds; 0 where nobody has measured it.</summary>
    public double SamplingSeconds { get; init; }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
