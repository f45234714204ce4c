using Pyrite.Components;

namespace Pyrite;

/// <summary>A level that moves by its slope, and a slope that moves by random steps.</summary>
/// <remarks>level' = level + slope + noise, slope' = damping · slope + noise. A level scale of 0 makes the smooth trend, an integrated random walk.
/// A damping below 1 lets forecasts level off (Gardner and McKenzie 1985).</remarks>
/// <param name="levelScale">The standard deviation of the level's own steps.</param>
/// <param name="slopeScale">The standard deviation of the slope's steps.</param>
/// <param name="damping">What is left of the slope after a step; 1 if not given.</param>
/// <param name="start">The first level and slope, two states; diffuse if not given.</param>
public sealed class LocalLinearTrend(Tensor levelScale, Tensor slopeScale, Tensor? damping = null, InitialState? start = null) : StateSpaceComponent
{
    /// <inheritdoc/>
    public override int StateCount => 2;

    internal override ComponentParts Parts { get; } = ComponentParts.Of(Moves(damping),
        ComponentParts.Diagonal(ComponentParts.Squared(levelScale, nameof(LocalLinearTrend), nameof(levelScale)),
            ComponentParts.Squared(slopeScale, nameof(LocalLinearTrend), nameof(slopeScale))),
        Tensor.From([1.0, 0.0]), start, nameof(LocalLinearTrend));

    private static Tensor Moves(Tensor? damping)
    {
        Tensor slope = (damping ?? 1.0).To(DType.Float64);
        return ComponentParts.Diagonal(Tensor.Ones([], DType.Float64), slope) + Tensor.From(new double[,] { { 0, 1 }, { 0, 0 } });
    }
}
