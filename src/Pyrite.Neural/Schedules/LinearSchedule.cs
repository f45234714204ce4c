namespace Pyrite;

/// <summary>Moves a factor on the rate in a straight line: a warm-up.</summary>
/// <param name="length">Steps from the first factor to the last.</param>
/// <param name="start">The factor at step 0.</param>
/// <param name="end">The factor from step <paramref name="length"/> on.</param>
public sealed class LinearSchedule(long length, double start = 1.0 / 3, double end = 1) : Schedule
{
    private readonly long length = AtLeast(1, length, nameof(length));

    /// <inheritdoc/>
    public override double Rate(double baseRate, long step) => baseRate * (start + ((end - start) * Math.Min(step, length) / length));
}
