namespace Pyrite;

/// <summary>One rise to the highest rate and one long fall, over a whole training run.</summary>
/// <remarks>Smith and Topin, "Super-convergence" (2018); the phases are PyTorch's. The optimizer's own rate is not used. After the last step the rate
/// stays.</remarks>
/// <param name="highest">The highest rate.</param>
/// <param name="length">All steps of the run.</param>
/// <param name="rise">Share of the steps in which the rate rises.</param>
/// <param name="startDivisor">The first rate is the highest divided by this.</param>
/// <param name="endDivisor">The last rate is the first divided by this.</param>
/// <param name="linear">Whether rates move in straight lines rather than along cosines.</param>
/// <param name="threePhases">Whether the fall mirrors the rise, with a third phase down to the last rate.</param>
public sealed class OneCycleSchedule(
    double highest, long length, double rise = 0.3, double startDivisor = 25, double endDivisor = 1e4, bool linear = false, bool threePhases = false)
        : Schedule
{
    private readonly long length = AtLeast(1, length, nameof(length));

    /// <inheritdoc/>
    public override double Rate(double baseRate, long step)
    {
        double first = highest / startDivisor;
        double last = first / endDivisor;
        double position = Math.Min(step, length - 1);
        double peak = (rise * length) - 1;
        if (position <= peak)
        {
            return Between(first, highest, position / peak);
        }
        double end = length - 1;
        if (!threePhases)
        {
            return Between(highest, last, (position - peak) / (end - peak));
        }
        double foot = (2 * rise * length) - 2;
        return position <= foot
            ? Between(highest, first, (position - peak) / (foot - peak))
            : Between(first, last, (position - foot) / (end - foot));
    }

    private double Between(double start, double end, double share) =>
        linear ? start + ((end - start) * share) : end + ((start - end) / 2 * (1 + Math.Cos(Math.PI * share)));
}
