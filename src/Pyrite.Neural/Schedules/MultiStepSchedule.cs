namespace Pyrite;

/// <summary>Multiplies the rate by a factor at given steps.</summary>
/// <param name="milestones">The steps, in any order.</param>
/// <param name="factor">The factor.</param>
public sealed class MultiStepSchedule(IEnumerable<long> milestones, double factor = 0.1) : Schedule
{
    private readonly long[] milestones = [.. milestones];

    /// <inheritdoc/>
    public override double Rate(double baseRate, long step) => baseRate * Math.Pow(factor, milestones.Count(milestone => milestone <= step));
}
