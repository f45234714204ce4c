using Pyrite.Components;

namespace Pyrite;

/// <summary>Noise of the observations, independent from step to step.</summary>
/// <param name="scale">Its standard deviation; 0 or larger.</param>
public sealed class ObservationNoise(Tensor scale) : StateSpaceComponent
{
    /// <inheritdoc/>
    public override int StateCount => 0;

    internal override ComponentParts Parts { get; } = new(ComponentParts.Zeros(0, 0), ComponentParts.Zeros(0, 0), ComponentParts.Zeros(0),
        ComponentParts.Zeros(0), ComponentParts.Zeros(0, 0), [], ComponentParts.Squared(scale, nameof(ObservationNoise), nameof(scale)));
}
