namespace Pyrite;

/// <summary>Multiplies the rate by a factor at every step.</summary>
/// <param name="factor">The factor.</param>
public sealed class ExponentialSchedule(double factor) : Schedule
{
    /// <inheritdoc/>
    public override double Rate(double baseRate, long step) => baseRate * Math.Pow(factor, step);
}
