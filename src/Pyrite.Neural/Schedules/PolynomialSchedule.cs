namespace Pyrite;

/// <summary>Lets the rate fall to 0 as a power of the steps that are left.</summary>
/// <param name="length">Steps until it is 0.</param>
/// <param name="power">The power; 1 is a straight line.</param>
public sealed class PolynomialSchedule(long length, double power = 1) : Schedule
{
    private readonly long length = AtLeast(1, length, nameof(length));

    /// <inheritdoc/>
    public override double Rate(double baseRate, long step) => baseRate * Math.Pow(1 - ((double)Math.Min(step, length) / length), power);
}
