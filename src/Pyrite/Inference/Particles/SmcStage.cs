namespace Pyrite;

/// <summary>One temperature of a run of <see cref="Smc"/>.</summary>
/// <param name="Temperature">The power of the likelihood.</param>
/// <param name="EffectiveSize">What the particles were worth by their weights, before resampling.</param>
/// <param name="LogEvidence">What the stage added to the logarithm of the evidence.</param>
/// <param name="Sweeps">How often all particles moved.</param>
/// <param name="Acceptance">The mean probability of acceptance of their moves.</param>
/// <param name="Correlation">The mean correlation of the moved particles with where they were after resampling.</param>
public sealed record SmcStage(double Temperature, double EffectiveSize, double LogEvidence, int Sweeps, double Acceptance, double Correlation)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
