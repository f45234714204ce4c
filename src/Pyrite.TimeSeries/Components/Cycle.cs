using Pyrite.Checks;
using Pyrite.Components;

namespace Pyrite;

/// <summary>A stochastic cycle: a wave of uncertain amplitude and phase that dies away and is fed by noise.</summary>
/// <remarks>(c, c*)' = damping · rotation by 2π/period · (c, c*) + noise of the given scale in both (Harvey 1989, section 2.3.3). It starts from its
/// stationary distribution, of variance scale²/(1 - damping²).</remarks>
/// <param name="period">The length of the wave in steps; above 2, and may be a latent.</param>
/// <param name="damping">What is left of the wave after a step; from 0 to below 1.</param>
/// <param name="scale">The standard deviation of the noise.</param>
/// <param name="start">The first two states; stationary if not given.</param>
public sealed class Cycle(Tensor period, Tensor damping, Tensor scale, InitialState? start = null) : StateSpaceComponent
{
    /// <inheritdoc/>
    public override int StateCount => 2;

    internal override ComponentParts Parts { get; } = Of(period, damping, scale, start);

    private static ComponentParts Of(Tensor period, Tensor damping, Tensor scale, InitialState? start)
    {
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(damping);
        RefusedCheck.Require(period.AllWithin(new NumberRange(2, double.PositiveInfinity, LowOpen: true, HighOpen: true)), period,
            value => $"Cycle: a period must be longer than 2 steps; found {value}.");
        RefusedCheck.Require(damping.AllWithin(new NumberRange(0, 1, HighOpen: start is null)), damping,
            value => $"Cycle: the damping must be from 0 to below 1, so that the cycle has a stationary distribution to start from; found "
                + $"{value}. Give a start "
                + "where it is 1.");
        Tensor angle = 2 * Math.PI / period.To(DType.Float64), kept = damping.To(DType.Float64),
            variance = ComponentParts.Squared(scale, nameof(Cycle), "scale");
        Tensor straight = kept * angle.Cos(), across = kept * angle.Sin();
        Tensor turn = Tensor.Stack([Tensor.Stack([straight, across], -1), Tensor.Stack([-across, straight], -1)], -2);
        Tensor noise = ComponentParts.Diagonal(variance, variance), row = Tensor.From([1.0, 0.0]);
        if (start is not null)
        {
            return ComponentParts.Of(turn, noise, row, start, nameof(Cycle));
        }
        Tensor spread = variance / (1 - kept.Square());
        return new ComponentParts(turn, noise, row, ComponentParts.Zeros(2), ComponentParts.Diagonal(spread, spread), [false, false]);
    }
}
