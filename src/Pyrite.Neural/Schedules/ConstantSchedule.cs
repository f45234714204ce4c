namespace Pyrite;

/// <summary>Multiplies the rate by a factor for the first steps.</summary>
/// <param name="length">The number of steps.</param>
/// <param name="factor">The factor.</param>
public sealed class ConstantSchedule(long length, double factor = 1.0 / 3) : Schedule
{
    /// <inheritdoc/>
    public override double Rate(double baseRate, long step) => step < length ? baseRate * factor : baseRate;
}
