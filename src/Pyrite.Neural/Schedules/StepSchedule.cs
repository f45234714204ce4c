namespace Pyrite;

/// <summary>Multiplies the rate by a factor every so many steps.</summary>
/// <param name="every">The number of steps.</param>
/// <param name="factor">The factor.</param>
public sealed class StepSchedule(long every, double factor = 0.1) : Schedule
{
    private readonly long every = AtLeast(1, every, nameof(every));

    /// <inheritdoc/>
    public override double Rate(double baseRate, long step) => baseRate * Math.Pow(factor, step / every);
}
