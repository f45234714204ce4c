namespace Pyrite;

/// <summary>Lets the rate rise and fall in straight lines, again and again.</summary>
/// <remarks>Smith, "Cyclical learning rates for training neural networks" (2017), the triangular policy. The optimizer's own rate is not
/// used.</remarks>
/// <param name="lowest">The lowest rate, at step 0.</param>
/// <param name="highest">The highest rate.</param>
/// <param name="rise">Steps from the lowest to the highest.</param>
/// <param name="fall">Steps back; as many if not given.</param>
public sealed class CyclicSchedule(double lowest, double highest, long rise = 2000, long? fall = null) : Schedule
{
    private readonly long rise = AtLeast(1, rise, nameof(rise));
    private readonly long fall = AtLeast(1, fall ?? rise, nameof(fall));

    /// <inheritdoc/>
    public override double Rate(double baseRate, long step)
    {
        long position = step % (rise + fall);
        double height = position <= rise ? (double)position / rise : (double)(rise + fall - position) / fall;
        return lowest + ((highest - lowest) * height);
    }
}
