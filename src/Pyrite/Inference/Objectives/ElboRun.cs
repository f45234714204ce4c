using Pyrite.Inference.Enumeration;

namespace Pyrite;

/// <summary>One run of guide and model.</summary>
/// <param name="Particle">The number of the run in its step, from 0.</param>
/// <param name="Model">The model's trace, replayed from the guide's.</param>
/// <param name="Guide">The guide's trace.</param>
public readonly record struct ElboRun(int Particle, Trace Model, Trace Guide)
{
    /// <summary>The discrete sites with all their values, for each choice of values of the guide's sequential sites; null where they were
    /// drawn.</summary>
    internal IReadOnlyList<EnumeratedStep>? Enumerated { get; init; }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
